import { createClient } from "@lucid/api/client";
import { toHex } from "@lucid/protocol";
import { Command } from "commander";
import { openLogFiles, openLogMemory } from "../log/index.ts";
import { outputOf, type Io, type Output } from "../program/index.ts";
import { createAgent, createSender, describeEvent, type AgentEvent } from "../run/index.ts";
import { version } from "../version.ts";
import {
  nodeFolder,
  requireMembership,
  serviceUrl,
  withData,
  type DataOptions,
} from "./options.ts";

type RunOptions = DataOptions & { readonly service?: string };

/** `lucid node run` */
export const createRunCommand = (io: Io): Command =>
  withData(new Command("run"))
    .description("prove in every slot that the node is alive, until stopped")
    .option("--service <url>", "another address of the same network's service")
    .action(async (options: RunOptions, command: Command) => {
      const output = outputOf(io, command);
      const folder = nodeFolder(io, options);
      const key = await folder.readKey();
      const membership = await requireMembership(folder);
      const service =
        options.service === undefined ? membership.service : serviceUrl(options.service);
      const { genesis, networkId } = membership;
      const timeoutMs = Math.min(10_000, Math.max(1000, genesis.slot_ms / 4));
      const sender = createSender({
        client: createClient({ baseUrl: service, timeoutMs }),
        genesis,
        networkId,
        key,
        bootId: toHex(io.random(8)),
        version,
      });
      const log = await openLogMemory(
        { files: openLogFiles(folder.path, membership), now: () => io.clock.now() },
        { genesis, networkId, service },
      );
      const chance = () => (io.random(1)[0] ?? 0) / 256;
      const agent = createAgent(
        { clock: io.clock, chance, sender, log, report: (event) => print(output, io, event) },
        { genesis, networkId, key, service },
      );
      await agent.run(io.signal);
    });

const alarms = new Set<AgentEvent["event"]>([
  "lost",
  "unreachable",
  "clock",
  "other_boot",
  "log_alarm",
  "log_not_kept",
  "waiting",
]);

const print = (output: Output, io: Io, event: AgentEvent): void => {
  const { event: name, ...fields } = event;
  const at = new Date(io.clock.now()).toISOString();
  const sentence = describeEvent(event);
  const shown = alarms.has(name) ? output.paint("yellow", sentence) : sentence;
  output.event(name, { at, ...fields }, `${output.paint("dim", at)} ${shown}`);
};
