import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { outputOf, type Io } from "@lucid/agent";
import type { BlockNetwork } from "@lucid/protocol";
import { Command } from "commander";
import { withServiceOptions, type ServiceOptions } from "./service-options.ts";

type RestoreOptions = ServiceOptions & {
  readonly rehearse?: boolean;
  readonly keys?: string;
  readonly settings: boolean;
  readonly fromLog?: string;
};

/** `lucid restore`; what it needs is loaded only now, so that the other commands start fast. */
export const createRestoreCommand = (io: Io): Command =>
  withServiceOptions(new Command("restore"))
    .description("put a backup into an empty folder, or an empty database; payouts stay paused")
    .argument("<backup>", "the folder that lucid backup made")
    .option("--rehearse", "only try: put it together in a temporary folder, check it, remove it")
    .option("--keys <file>", "the keys as well; the file holds the passphrase of the backup")
    .option(
      "--from-log <place>",
      "the log, a folder or an address, that has blocks which the backup does not know: they are taken over",
    )
    .option("--no-settings", "leave lucid.yaml and signer.yaml out, to write new ones")
    .addHelpText(
      "after",
      "\nInto MongoDB: --set MONGODB_URI=mongodb://…, of an empty database, whatever engine the backup is of.",
    )
    .action(async (backup: string, options: RestoreOptions, command: Command) => {
      const {
        checkBackup,
        describe,
        explained,
        openNewerLog,
        placeOf,
        readPassphrase,
        restoreBackup,
      } = await import("../backup/index.ts");
      const { createProgress } = await import("../verify/index.ts");
      const output = outputOf(io, command);
      const folder = resolve(backup);
      const passphrase = options.keys === undefined ? null : await readPassphrase(options.keys);
      const { fromLog: where, settings: withSettings } = options;
      const openNewer = (network: BlockNetwork) => {
        const { token } = placeOf(io, { folder, ...options });
        const onProgress = createProgress(output, () => io.clock.monotonic());
        return openNewerLog({ where: where ?? "", network, clock: io.clock, token, onProgress });
      };
      const from = { passphrase, scratch: tmpdir(), ...(where !== undefined && { openNewer }) };
      if (options.rehearse === true) {
        const checked = await explained(() => checkBackup(io, folder, from));
        const summary = describe.restoredToSummary(checked, checked.store);
        output.result({ event: "rehearsal", ...summary }, () =>
          describe.describeRehearsal(checked, output.paint),
        );
        return;
      }
      const { data, place } = placeOf(io, { folder, ...options });
      const to = { ...from, folder, data, place, withSettings };
      const restored = await explained(() => restoreBackup(io, to));
      const summary = describe.restoredToSummary(restored.checked, restored.store);
      output.result({ event: "restored", data, ...summary }, () =>
        describe.describeRestored(restored, { data, isShared: place.engine === "mongodb" }),
      );
    });
