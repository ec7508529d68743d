import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { exitCode, Failure, type Io, makePrivateFolder, writeNewSecret } from "@lucid/agent";
import { openDisk } from "@lucid/block-manager";
import type { RestoredStore } from "@lucid/node-management";
import { RESTORE_MARK } from "@lucid/platform/data-folder";
import { checkBackup, type CheckOptions, type Checked } from "./check.ts";
import { GENESIS, JOURNAL, LOG } from "./layout.ts";
import { loadStore, type Place } from "./load.ts";
import { withRoomIn } from "./room.ts";
import { carryFile, moveSettings } from "./settings.ts";
import { syncAll } from "./sync.ts";

/** SQLite's marker in a folder whose store is elsewhere: nobody makes an empty one beside it. */
const STORE_MARKER = "store.json";
const LOCK = "lock";

export type RestoreOptions = CheckOptions & {
  readonly folder: string;
  /** Where the network is to live. */
  readonly data: string;
  readonly place: Place;
  /** Whether lucid.yaml and signer.yaml are put back as well. */
  readonly withSettings: boolean;
};

export type RestoredFolder = {
  readonly checked: Checked;
  readonly store: RestoredStore | null;
};

/**
 * Puts a backup into an empty folder, and its documents into an empty store, after it was tried whole. The genesis comes last: before it is there,
 * no service starts on the folder; one that was cut off is begun again. Throws a Failure `backup.*`, and what the parts throw.
 */
export const restoreBackup = async (io: Io, options: RestoreOptions): Promise<RestoredFolder> => {
  const { folder, data } = options;
  const checked = await checkBackup(io, folder, options);
  const { manifest, newer } = checked;
  await makePrivateFolder(data);
  const lock = await (await openDisk(data)).lock();
  try {
    await prepareFolder(data, manifest.id);
    const store = await withRoomIn(
      data,
      "Make room there, and run the same command again",
      async () => {
        await fillFolder(options, checked);
        return loadStore(io, { folder, manifest, place: options.place, newer });
      },
    );
    if (store !== null && options.place.engine === "mongodb")
      await writeNewSecret(join(data, STORE_MARKER), '{"store":"mongodb"}\n');
    await syncAll(data);
    await copyFile(join(folder, GENESIS), join(data, GENESIS));
    await syncAll(data);
    await rm(join(data, RESTORE_MARK));
    return { checked, store };
  } finally {
    await rm(join(data, LOCK), { force: true });
    await lock.release();
  }
};

/** Takes away what the same restore left when it was cut off; anything else is not ours to touch. */
const prepareFolder = async (data: string, id: string): Promise<void> => {
  const names = (await readdir(data)).filter(
    (name) => name !== LOCK && !name.startsWith(`${LOCK}-`),
  );
  const begun = names.includes(RESTORE_MARK)
    ? (await readFile(join(data, RESTORE_MARK), "utf8")).trim()
    : "";
  // An empty mark is one that was cut off itself, before anything else was written.
  const others = names.filter((name) => name !== RESTORE_MARK);
  if (begun !== "" && begun !== id)
    throw notEmpty(data, `holds the rest of a restore of another backup (${begun})`);
  if (begun === "" && others.length > 0) throw notEmpty(data, `is not empty (${others[0]})`);
  for (const name of others) await rm(join(data, name), { recursive: true });
  await writeFile(join(data, RESTORE_MARK), `${id}\n`, { mode: 0o600, flush: true });
};

const notEmpty = (data: string, detail: string): Failure =>
  new Failure("backup.not_empty", `${data} ${detail}; nothing in it is changed`, {
    fix: "Name a folder that is not there yet, or an empty one, with --data",
    exit: exitCode.folder,
  });

const fillFolder = async (
  { folder, data, withSettings }: RestoreOptions,
  { manifest, newer, secrets }: Checked,
): Promise<void> => {
  const isWanted = (path: string): boolean => withSettings || !path.endsWith(".yaml");
  const files = manifest.files.map(({ path }) => path);
  const plain = files.filter((path) => isPlain(path) && isWanted(path));
  for (const path of plain) await carryFile(path, folder, data);
  for (const [path, bytes] of secrets ?? []) {
    if (!isWanted(path)) continue;
    await makePrivateFolder(dirname(join(data, path)));
    await writeFile(join(data, path), bytes, { flag: "wx", mode: 0o600 });
  }
  await moveSettings(data, manifest.data);
  if (manifest.log === null) return;
  await mkdir(join(data, LOG), { mode: 0o700 });
  if (newer === null || newer.copyTo === null)
    await cp(join(folder, LOG), join(data, LOG), { recursive: true });
  else await newer.copyTo(join(data, LOG));
};

const isPlain = (path: string): boolean =>
  ["policy.json", "backup-sheet.txt", "lucid.yaml", "signer/signer.yaml", JOURNAL].includes(path);
