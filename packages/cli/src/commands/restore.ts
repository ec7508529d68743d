import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { outputOf, type Io } from "@lucid/agent";
import { Command } from "commander";
import { withServiceOptions, type ServiceOptions } from "./service-options.ts";

type RestoreOptions = ServiceOptions & {
  readonly rehearse?: boolean;
  readonly keys?: string;
  readonly settings: boolean;
};

/** `lucid restore`; what it needs is loaded only now, so that the other commands start fast. */
export const createRestoreCommand = (io: Io): Command =>
  withServiceOptions(new Command("restore"))
    .description("put a backup into an empty folder, or an empty database; payouts stay paused")
    .argument("<backup>", "the folder that lucid backup made")
    .option("--rehearse", "only try: put it together in a temporary folder, check it, remove it")
    .option("--keys <file>", "the keys as well; the file holds the passphrase of the backup")
    .option("--no-settings", "leave lucid.yaml and signer.yaml out, to write new ones")
    .addHelpText(
      "after",
      "\nInto MongoDB: --set MONGODB_URI=mongodb://…, of an empty database, whatever engine the backup is of.",
    )
    .action(async (backup: string, options: RestoreOptions, command: Command) => {
      const { checkBackup, describe, explained, placeOf, readPassphrase, restoreBackup } =
        await import("../backup/index.ts");
      const output = outputOf(io, command);
      const folder = resolve(backup);
      const passphrase = options.keys === undefined ? null : await readPassphrase(options.keys);
      if (options.rehearse === true) {
        const checking = () => checkBackup(io, folder, { passphrase, scratch: tmpdir() });
        const checked = await explained(checking);
        output.result({ event: "rehearsal", ...describe.summaryOf(checked) }, () =>
          describe.describeRehearsal(checked, output.paint),
        );
        return;
      }
      const { data, place } = placeOf(io, { folder, ...options });
      const withSettings = options.settings;
      const restored = await explained(() =>
        restoreBackup(io, { folder, data, place, passphrase, withSettings, scratch: tmpdir() }),
      );
      output.result({ event: "restored", data, ...describe.summaryOf(restored.checked) }, () =>
        describe.describeRestored(restored, { data, isShared: place.engine === "mongodb" }),
      );
    });
