import { describeMaintenance, edge, outputOf, spanToBody } from "@lucid/agent";
import type { Io, SpanOptions } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { createClient } from "@lucid/api/client";
import { Command, Option } from "commander";
import { signInAsAdmin } from "../admin/index.ts";
import { type KeyedPlace, type Place, withPlace } from "./place.ts";
import { wholeNumber } from "./whole-number.ts";

type Node = ResponseOf<Routes["getNode"]>;
type NodeCommand = ResponseOf<Routes["stopNode"]>;

/** `lucid admin nodes`: the list of them, and what is asked of one. */
export const createNodesCommand = (io: Io): Command =>
  withPlace(new Command("nodes"))
    .description("the nodes of the network, a hundred a page; or ask something of one")
    .addOption(
      new Option("--standing <standing>", "only these").choices([
        "pending",
        "active",
        "suspended",
        "retired",
      ]),
    )
    .option("--page <n>", "from 1", wholeNumber, 1)
    .action(
      async (
        options: Place & { readonly standing?: Node["standing"]; readonly page: number },
        command: Command,
      ) => {
        const { standing, page } = options;
        const query = { page, limit: 100, ...(standing !== undefined && { standing }) };
        const client = createClient({ baseUrl: options.service });
        const { items, pagination } = await client.call("listNodes", { query });
        const lines = items.map(describeNode);
        const rest = `page ${pagination.page} of ${Math.max(1, pagination.total_pages)}, ${pagination.total} in all`;
        outputOf(io, command).result({ event: "nodes", items, pagination }, () =>
          [...lines, rest].join("\n"),
        );
      },
    )
    .addCommand(createAsk(io, "start", "startNode", "send beacons again"))
    .addCommand(createAsk(io, "stop", "stopNode", "send no beacons until it is started"))
    .addCommand(createAsk(io, "restart", "restartNode", "start its program anew"))
    .addCommand(createCommandsCommand(io))
    .addCommand(createMaintenanceCommand(io));

type Ask = { readonly key?: string; readonly expiresIn?: number };

/** The list takes the folder and the service for what is asked of one node, too. */
const openAs = (command: Command) => {
  const { data, service, key } = command.optsWithGlobals<KeyedPlace>();
  return signInAsAdmin(data, service, key);
};

const keyed = (name: string): Command =>
  new Command(name)
    .argument("<node_id>")
    .option("--key <file>", "the person's key, instead of the folder's keys/admin.key");

const createAsk = (
  io: Io,
  verb: string,
  operation: "startNode" | "stopNode" | "restartNode",
  description: string,
): Command =>
  keyed(verb)
    .description(`have a node ${description}; it hears of it with its next beacon`)
    .option("--expires-in <seconds>", "after this it is not run any more", wholeNumber)
    .action(async (node_id: string, { expiresIn }: Ask, command: Command) => {
      const client = await openAs(command);
      const body = expiresIn === undefined ? {} : { expires_in: expiresIn };
      const queued = await client.call(operation, { params: { node_id }, body });
      outputOf(io, command).result({ event: "command", ...queued }, () => describeCommand(queued));
    });

const createCommandsCommand = (io: Io): Command =>
  keyed("commands")
    .description("what was asked of a node and what became of it, newest first")
    .action(async (node_id: string, _options: Ask, command: Command) => {
      const client = await openAs(command);
      const request = { params: { node_id }, query: { limit: 100 } };
      const { items } = await client.call("listCommands", request);
      outputOf(io, command).result({ event: "commands", node_id, items }, () =>
        items.length === 0
          ? `nothing was asked of ${node_id}`
          : items.map(describeCommand).join("\n"),
      );
    });

const createMaintenanceCommand = (io: Io): Command =>
  keyed("maintenance")
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

const describeNode = ({ node_id, standing, standing_from_slot, status, owner_id }: Node): string =>
  `${node_id}  ${standing.padEnd(9)} from slot ${standing_from_slot}  ${status.padEnd(11)} ${owner_id}`;

const describeCommand = ({ id, action, state, outcome, expires_at }: NodeCommand): string => {
  const told = outcome === "skipped" ? "skipped: a later one had been run" : state;
  return `${id}  ${action.padEnd(7)} ${told}${state === "queued" || state === "delivered" ? `, until ${expires_at}` : ""}`;
};
