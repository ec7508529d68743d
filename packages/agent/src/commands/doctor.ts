import { versions } from "node:process";
import { runChecks } from "@lucid/platform/checks";
import { Command } from "commander";
import { nodeChecks, showChecks } from "../doctor/index.ts";
import { outputOf, type Io } from "../program/index.ts";
import { nodeFolder, serviceUrl, withData, type DataOptions } from "./options.ts";

const TIMEOUT_MS = 10_000;

/** `lucid node doctor` */
export const createDoctorCommand = (io: Io): Command =>
  withData(new Command("doctor"))
    .description("what keeps this node from working: key, service, clock, version, disk, memory")
    .option("--service <url>", "another address of the same network's service")
    .action(async (options: DataOptions & { readonly service?: string }, command: Command) => {
      const checks = nodeChecks({
        io,
        folder: nodeFolder(io, options),
        nodeVersion: versions.node,
        service: options.service === undefined ? null : serviceUrl(options.service),
      });
      showChecks(
        outputOf(io, command),
        await runChecks(checks, { clock: io.clock, timeoutMs: TIMEOUT_MS }),
      );
    });
