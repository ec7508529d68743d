import { createClient } from "@lucid/api/client";
import { Command } from "commander";
import { describeMaintenance, edge, type SpanOptions, spanToBody } from "../maintenance/index.ts";
import { outputOf, type Io } from "../program/index.ts";
import { type DataOptions, nodeFolder, openNode, requireMembership, withData } from "./options.ts";

/** `lucid node maintenance`: slots in which the node may be away, announced with its own key. */
export const createMaintenanceCommand = (io: Io): Command =>
  new Command("maintenance")
    .description("announce when the node will be away, so that it does not count against it")
    .addCommand(createAnnounceCommand(io))
    .addCommand(createListCommand(io));

const createAnnounceCommand = (io: Io): Command =>
  withData(new Command("announce"))
    .description("whole slots, at most a sixth of an epoch's in any 7 epochs, two slots ahead")
    .requiredOption("--from <slot|time>", "the first slot, or a moment in it", edge)
    .requiredOption("--to <slot|time>", "the slot after the last, or when it is over", edge)
    .action(async (options: DataOptions & SpanOptions, command: Command) => {
      const { client, nodeId } = await openNode(io, options);
      const announced = await client.call("announceMaintenance", {
        params: { node_id: nodeId },
        body: spanToBody(options),
      });
      outputOf(io, command).result({ event: "maintenance", ...announced }, () =>
        describeMaintenance(announced),
      );
    });

const createListCommand = (io: Io): Command =>
  withData(new Command("list"))
    .description("what was announced, newest first")
    .action(async (options: DataOptions, command: Command) => {
      const folder = nodeFolder(io, options);
      const { nodeId } = await folder.readKey();
      const { service } = await requireMembership(folder);
      const { items } = await createClient({ baseUrl: service }).call("listMaintenance", {
        params: { node_id: nodeId },
        query: { limit: 100 },
      });
      outputOf(io, command).result({ event: "maintenance", node_id: nodeId, items }, () =>
        items.length === 0
          ? `${nodeId} has announced none. Next: lucid node maintenance announce --from <time> --to <time>`
          : items.map(describeMaintenance).join("\n"),
      );
    });
