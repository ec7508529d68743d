import { outputOf, type Io } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import { Command } from "commander";
import { type PageOption, pageLine, wholeNumberFrom } from "../lists/index.ts";
import { openAs, withKeyFile } from "./place.ts";

type NodeCommand = ResponseOf<Routes["stopNode"]>;
type Listed = ResponseOf<Routes["listCommands"]>;

type Ask = { readonly expiresIn?: number };

/** What a node is asked to do: it hears of it with its next beacon. */
export const createAsk = (
  io: Io,
  verb: string,
  operation: "startNode" | "stopNode" | "restartNode",
  description: string,
): Command =>
  withKeyFile(new Command(verb))
    .description(`have a node ${description}; it hears of it with its next beacon`)
    .argument("<node_id>")
    .option("--expires-in <seconds>", "after this it is not run any more", wholeNumberFrom(1))
    .action(async (node_id: string, { expiresIn }: Ask, command: Command) => {
      const client = await openAs(command);
      const body = expiresIn === undefined ? {} : { expires_in: expiresIn };
      const queued = await client.call(operation, { params: { node_id }, body });
      outputOf(io, command).result({ event: "command", ...queued }, () => describeCommand(queued));
    });

/** `lucid admin nodes commands`: what nodes were asked to do, and what became of it. */
export const createCommandsCommand = (io: Io): Command =>
  withKeyFile(new Command("commands"))
    .description("what was asked of a node, newest first; of no node: all that none has run yet")
    .argument("[node_id]")
    .action((nodeId: string | undefined, _options: object, command: Command) =>
      nodeId === undefined ? listOpen(io, command) : listOf(io, nodeId, command),
    );

const listOpen = async (io: Io, command: Command): Promise<void> => {
  const client = await openAs(command);
  const listed = await client.call("listOpenCommands", { query: queryOf(command) });
  tell(io, command, { listed, none: "no command is open" });
};

const listOf = async (io: Io, node_id: string, command: Command): Promise<void> => {
  const client = await openAs(command);
  const request = { params: { node_id }, query: queryOf(command) };
  const listed = await client.call("listCommands", request);
  tell(io, command, { node_id, listed, none: `nothing was asked of ${node_id}` });
};

/** The page is an option of the command above. */
const queryOf = (command: Command) => ({
  page: command.optsWithGlobals<PageOption>().page,
  limit: 100,
});

type Found = { readonly node_id?: string; readonly listed: Listed; readonly none: string };

const tell = (io: Io, command: Command, { node_id, listed, none }: Found): void => {
  const { items, pagination } = listed;
  outputOf(io, command).result({ event: "commands", node_id, items, pagination }, () =>
    items.length === 0 ? none : [...items.map(describeCommand), pageLine(pagination)].join("\n"),
  );
};

const describeCommand = ({ id, action, state, outcome, expires_at }: NodeCommand): string => {
  const told = outcome === "skipped" ? "skipped: a later one had been run" : state;
  const until = state === "queued" || state === "delivered" ? `, until ${expires_at}` : "";
  return `${id}  ${action.padEnd(7)} ${told}${until}`;
};
