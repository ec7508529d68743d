import { createClient } from "@lucid/api/client";
import { toHex } from "@lucid/protocol";
import { Command } from "commander";
import { openControl, openControlFile } from "../control/index.ts";
import { openLogFiles, openLogMemory } from "../log/index.ts";
import { exitCode, Failure, outputOf, type Io, type Output } from "../program/index.ts";
import { createMachine, runReporter } from "../resources/index.ts";
import { createAgent, createSender, describeEvent, type AgentEvent } from "../run/index.ts";
import { createSession } from "../session.ts";
import { version } from "../version.ts";
import {
  nodeFolder,
  requireMembership,
  serviceUrl,
  withData,
  type DataOptions,
} from "./options.ts";

type RunOptions = DataOptions & { readonly service?: string; readonly resources: boolean };

/** `lucid node run` */
export const createRunCommand = (io: Io): Command =>
  withData(new Command("run"))
    .description("prove in every slot that the node is alive, until stopped")
    .option("--service <url>", "another address of the same network's service")
    .option(
      "--no-resources",
      "tell nobody how this machine's processors, memory, disk and network do",
    )
    .action(async (options: RunOptions, command: Command) => {
      const output = outputOf(io, command);
      while ((await runOnce(io, output, options)) === "restart") {
        if (io.env["INVOCATION_ID"] === undefined) continue;
        throw new Failure("node.restart", "the network's command restarts this program", {
          fix: "systemd starts it again at once",
          exit: exitCode.restart,
        });
      }
    });

/** Everything is read anew from the node's folder. */
const runOnce = async (io: Io, output: Output, options: RunOptions) => {
  const node = await openNode(io, options);
  const agent = await openAgent(io, output, node);
  const ended = new AbortController();
  const signal = AbortSignal.any([io.signal, ended.signal]);
  const reporting = options.resources ? reportResources(io, node, signal) : undefined;
  try {
    return await agent.run(io.signal);
  } finally {
    ended.abort();
    await reporting;
  }
};

type OpenNode = Awaited<ReturnType<typeof openNode>>;

const openNode = async (io: Io, options: RunOptions) => {
  const folder = nodeFolder(io, options);
  const key = await folder.readKey();
  const membership = await requireMembership(folder);
  const service = options.service === undefined ? membership.service : serviceUrl(options.service);
  const { genesis, networkId } = membership;
  const timeoutMs = Math.min(10_000, Math.max(1000, genesis.slot_ms / 4));
  const session = createSession(io.clock, { service, seed: key.seed, networkId, timeoutMs });
  return { folder, key, membership, service, timeoutMs, session };
};

const openAgent = async (io: Io, output: Output, node: OpenNode) => {
  const { folder, key, membership, service, timeoutMs, session } = node;
  const { genesis, networkId } = membership;
  const now = () => io.clock.now();
  const client = createClient({ baseUrl: service, timeoutMs });
  const bootId = toHex(io.random(8));
  const sender = createSender({ client, session, genesis, networkId, key, bootId, version });
  const log = await openLogMemory(
    { files: openLogFiles(folder.path, membership), now },
    { genesis, networkId, service },
  );
  const control = await openControl(
    { file: openControlFile(folder.path), now },
    { networkId, networkKey: genesis.network_key, nodeId: key.nodeId },
  );
  const report = (event: AgentEvent) => print(output, io, event);
  return createAgent(
    { clock: io.clock, chance: chanceOf(io), sender, log, control, report },
    { genesis, networkId, key, service },
  );
};

const reportResources = (
  io: Io,
  { folder, key, session }: OpenNode,
  signal: AbortSignal,
): Promise<void> => {
  const machine = createMachine(folder.path);
  return runReporter({ clock: io.clock, machine, session, chance: chanceOf(io) }, key, signal);
};

/** Between 0 and 1. */
const chanceOf = (io: Io) => () => (io.random(1)[0] ?? 0) / 256;

const alarms = new Set<AgentEvent["event"]>([
  "lost",
  "unreachable",
  "clock",
  "other_boot",
  "log_alarm",
  "log_not_kept",
  "waiting",
  "command_refused",
  "command_not_told",
]);

const print = (output: Output, io: Io, event: AgentEvent): void => {
  const { event: name, ...fields } = event;
  const at = new Date(io.clock.now()).toISOString();
  const sentence = describeEvent(event);
  const shown = alarms.has(name) ? output.paint("yellow", sentence) : sentence;
  output.event(name, { at, ...fields }, `${output.paint("dim", at)} ${shown}`);
};
