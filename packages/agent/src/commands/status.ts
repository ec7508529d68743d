import { createClient } from "@lucid/api/client";
import { Command } from "commander";
import { outputOf, type Io } from "../program/index.ts";
import { openLogFiles } from "../log/index.ts";
import { describeStatus, readStatus } from "../status/index.ts";
import {
  nodeFolder,
  requireMembership,
  serviceUrl,
  withData,
  type DataOptions,
} from "./options.ts";

/** `lucid node status` */
export const createStatusCommand = (io: Io): Command =>
  withData(new Command("status"))
    .description("is the node heard, its score and why, what it earned, when it is paid")
    .option("--service <url>", "another address of the same network's service")
    .action(async (options: DataOptions & { readonly service?: string }, command: Command) => {
      const output = outputOf(io, command);
      const folder = nodeFolder(io, options);
      const { nodeId } = await folder.readKey();
      const membership = await requireMembership(folder);
      const service =
        options.service === undefined ? membership.service : serviceUrl(options.service);
      const report = await readStatus(
        {
          client: createClient({ baseUrl: service }),
          files: openLogFiles(folder.path, membership),
        },
        nodeId,
        { ...membership, service },
      );
      output.result({ event: "status", ...report }, () => describeStatus(report, output));
    });
