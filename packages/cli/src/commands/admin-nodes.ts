import { describeMaintenance, edge, outputOf, spanToBody } from "@lucid/agent";
import type { Io, SpanOptions } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { createClient } from "@lucid/api/client";
import { Command, Option } from "commander";
import { signInAsAdmin, type KeyedPlace, type Place } from "../admin/index.ts";
import { withPlace } from "./place.ts";
import {
  type Column,
  type PageOption,
  pageLine,
  table,
  wholeNumberFrom,
  withPage,
} from "../lists/index.ts";

type Node = ResponseOf<Routes["getNode"]>;
type NodeCommand = ResponseOf<Routes["stopNode"]>;

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

type Ask = { readonly key?: string; readonly expiresIn?: number };

/** The list takes the folder and the service for what is asked of one node, too. */
const openAs = (command: Command) => signInAsAdmin(command.optsWithGlobals<KeyedPlace>());

const withKeyFile = (command: Command): Command =>
  command.option("--key <file>", "the person's key, instead of the folder's keys/admin.key");

const keyed = (name: string): Command => withKeyFile(new Command(name)).argument("<node_id>");

const createAsk = (
  io: Io,
  verb: string,
  operation: "startNode" | "stopNode" | "restartNode",
  description: string,
): Command =>
  keyed(verb)
    .description(`have a node ${description}; it hears of it with its next beacon`)
    .option("--expires-in <seconds>", "after this it is not run any more", wholeNumberFrom(1))
    .action(async (node_id: string, { expiresIn }: Ask, command: Command) => {
      const client = await openAs(command);
      const body = expiresIn === undefined ? {} : { expires_in: expiresIn };
      const queued = await client.call(operation, { params: { node_id }, body });
      outputOf(io, command).result({ event: "command", ...queued }, () => describeCommand(queued));
    });

const createCommandsCommand = (io: Io): Command =>
  withKeyFile(new Command("commands"))
    .description("what was asked of a node, newest first; of no node: all that none has run yet")
    .argument("[node_id]")
    .action(async (node_id: string | undefined, _options: Ask, command: Command) => {
      const client = await openAs(command);
      const query = { limit: 100 };
      const { items, pagination } =
        node_id === undefined
          ? await client.call("listOpenCommands", { query })
          : await client.call("listCommands", { params: { node_id }, query });
      outputOf(io, command).result({ event: "commands", node_id, items, pagination }, () =>
        items.length === 0
          ? node_id === undefined
            ? "no command is open"
            : `nothing was asked of ${node_id}`
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

const columns: readonly Column<Node>[] = [
  { head: "node", cell: ({ node_id }) => node_id },
  { head: "standing", cell: ({ standing }) => standing },
  { head: "from slot", cell: ({ standing_from_slot }) => standing_from_slot },
  { head: "status", cell: ({ status }) => status },
  { head: "owner", cell: ({ owner_id }) => owner_id },
];

const describeCommand = ({ id, action, state, outcome, expires_at }: NodeCommand): string => {
  const told = outcome === "skipped" ? "skipped: a later one had been run" : state;
  return `${id}  ${action.padEnd(7)} ${told}${state === "queued" || state === "delivered" ? `, until ${expires_at}` : ""}`;
};
