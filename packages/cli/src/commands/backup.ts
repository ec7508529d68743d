import { outputOf, type Io } from "@lucid/agent";
import { Command } from "commander";
import { wholeNumberFrom } from "../lists/index.ts";
import { withServiceOptions, type ServiceOptions } from "./service-options.ts";

type BackupOptions = ServiceOptions & {
  readonly to: string;
  readonly keys?: string;
  readonly keep?: number;
};

/** `lucid backup`; what it needs is loaded only now, so that the other commands start fast. */
export const createBackupCommand = (io: Io): Command =>
  withServiceOptions(new Command("backup"))
    .description("copy a network's folder while its services run, and read the copy back")
    .option("--to <dir>", "where backups go, each in a folder of its own", "./backups")
    .option("--keys <file>", "the keys as well, encrypted with the passphrase in this file")
    .option(
      "--keep <n>",
      "remove older backups of this network there, once this one is whole, but for n in all",
      wholeNumberFrom(1),
    )
    .addHelpText(
      "after",
      "\nA folder that holds earlier backups gets only what is new of the log. Copy the backup to another machine.",
    )
    .action(async (options: BackupOptions, command: Command) => {
      const { describe, explained, makeBackup, readPassphrase } =
        await import("../backup/index.ts");
      const { loadServicesConfig } = await import("../services/index.ts");
      const output = outputOf(io, command);
      const config = loadServicesConfig(io, options);
      const passphrase = options.keys === undefined ? null : await readPassphrase(options.keys);
      const { to, keep = null } = options;
      const made = await explained(() => makeBackup(io, config, { to, passphrase, keep }));
      const { folder, checked, leftOut: left_out, removed } = made;
      output.result(
        { event: "backup", folder, ...describe.summaryOf(checked), left_out, removed },
        () => describe.describeBackup(made, output.paint),
      );
    });
