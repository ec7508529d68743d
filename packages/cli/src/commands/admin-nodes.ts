import { describeMaintenance, edge, outputOf, spanToBody } from "@lucid/agent";
import type { Io, SpanOptions } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { createClient } from "@lucid/api/client";
import { Command, Option } from "commander";
import type { Place } from "../admin/index.ts";
import { type Column, type PageOption, pageLine, table, withPage } from "../lists/index.ts";
import { createAsk, createCommandsCommand } from "./node-commands.ts";
import { openAs, withKeyFile, withPlace } from "./place.ts";

type Node = ResponseOf<Routes["getNode"]>;

/** `lucid admin nodes`: the list of them, and what is asked of one. */
export const createNodesCommand = (io: Io): Command =>
  withPage(withPlace(new Command("nodes")))
    .description("the nodes of the network; or ask something of one")
    .addOption(
      new Option("--standing <standing>", "only these").choices([
        "pending",
        "active",
        "suspended",
        "retired",
      ]),
    )
    .action(
      async (
        options: Place & PageOption & { readonly standing?: Node["standing"] },
        command: Command,
      ) => {
        const { standing, page } = options;
        const query = { page, limit: 100, ...(standing !== undefined && { standing }) };
        const client = createClient({ baseUrl: options.service });
        const { items, pagination } = await client.call("listNodes", { query });
        const output = outputOf(io, command);
        output.result({ event: "nodes", items, pagination }, () =>
          [...table(items, columns, output), pageLine(pagination)].join("\n"),
        );
      },
    )
    .addCommand(createAsk(io, "start", "startNode", "send beacons again"))
    .addCommand(createAsk(io, "stop", "stopNode", "send no beacons until it is started"))
    .addCommand(createAsk(io, "restart", "restartNode", "start its program anew"))
    .addCommand(createCommandsCommand(io))
    .addCommand(createMaintenanceCommand(io));

const createMaintenanceCommand = (io: Io): Command =>
  withKeyFile(new Command("maintenance"))
    .argument("<node_id>")
    .description("announce slots in which a node may be away")
    .requiredOption("--from <slot|time>", "the first slot, or a moment in it", edge)
    .requiredOption("--to <slot|time>", "the slot after the last, or when it is over", edge)
    .action(async (node_id: string, span: SpanOptions, command: Command) => {
      const client = await openAs(command);
      const request = { params: { node_id }, body: spanToBody(span) };
      const announced = await client.call("announceMaintenance", request);
      outputOf(io, command).result({ event: "maintenance", ...announced }, () =>
        describeMaintenance(announced),
      );
    });

const columns: readonly Column<Node>[] = [
  { head: "node", cell: ({ node_id }) => node_id },
  { head: "standing", cell: ({ standing }) => standing },
  { head: "from slot", cell: ({ standing_from_slot }) => standing_from_slot },
  { head: "status", cell: ({ status }) => status },
  { head: "owner", cell: ({ owner_id }) => owner_id },
];
