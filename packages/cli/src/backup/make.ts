import { existsSync } from "node:fs";
import { link, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { exitCode, Failure, type Io, makePrivateFolder } from "@lucid/agent";
import { copyLog, openDisk } from "@lucid/block-manager";
import { type CopiedStore, copyStore, openStoreSnapshot, storePlace } from "@lucid/node-management";
import { readNetwork } from "@lucid/platform/data-folder";
import type { BlockNetwork } from "@lucid/protocol";
import { toHex } from "@lucid/protocol";
import { copyJournal } from "@lucid/tron/signer";
import manifest from "../../package.json" with { type: "json" };
import type { ServicesConfig } from "../services/index.ts";
import { listBackups, removeOlder, removeUnfinished } from "./kept.ts";
import { checkBackup, type Checked } from "./check.ts";
import { writeDocuments } from "./documents.ts";
import { GENESIS, JOURNAL, LOG, SECRETS, UNFINISHED } from "./layout.ts";
import { type Manifest, writeManifest } from "./manifest.ts";
import { withRoomIn } from "./room.ts";
import { sealSecrets } from "./secrets.ts";
import { carryFile, listFolder } from "./settings.ts";
import { syncAll } from "./sync.ts";

export type BackupOptions = {
  /** The folder that backups go to, each in one of its own. */
  readonly to: string;
  /** Encrypts the secrets; null leaves them out. */
  readonly passphrase: string | null;
  /** How many of this network stay there, this one included; null for all. */
  readonly keep: number | null;
};

export type MadeBackup = {
  readonly folder: string;
  readonly checked: Checked;
  readonly leftOut: readonly string[];
  /** Older ones that went. */
  readonly removed: readonly string[];
};

/**
 * Makes a backup of a network's folder while its services run, and reads all of it back. It has its name only once it
 * is whole: one that fails leaves nothing, what one that was killed left is removed by the next. Older ones go only
 * then. Throws a Failure, DataError, DocumentsError, DiskError.
 */
export const makeBackup = async (
  io: Io,
  config: ServicesConfig,
  { to, passphrase, keep }: BackupOptions,
): Promise<MadeBackup> => {
  const data = config.service.values.LUCID_DATA_PATH;
  const network = readNetwork(data);
  const parent = resolve(to);
  requireOutside(resolve(data), parent);
  await makePrivateFolder(parent);
  const lock = await (await openDisk(parent)).lock();
  try {
    await removeUnfinished(parent);
    const made = new Date(io.clock.now());
    const id = toHex(io.random(16));
    const folder = join(parent, nameOf(network, made, id));
    const about = { network, id, made, parent, partial: `${folder}${UNFINISHED}`, passphrase };
    const done = await withRoomIn(parent, "Make room there, or name another disk with --to", () =>
      complete(io, config, about, folder),
    );
    const removed = keep === null ? [] : await removeOlder(parent, network.networkId, keep);
    return { folder, ...done, removed };
  } finally {
    await removeUnfinished(parent);
    await lock.release();
  }
};

/** What lies in the network's folder is lost with it. */
const requireOutside = (data: string, parent: string): void => {
  const [first] = relative(data, parent).split(sep);
  if (first === "..") return;
  throw new Failure("backup.inside", `${parent} is in the network's own folder`, {
    fix: "Name a folder outside of it with --to, best on another disk",
    exit: exitCode.usage,
  });
};

/** Fills the folder, reads it back and gives it its name. */
const complete = async (io: Io, config: ServicesConfig, about: Unfinished, folder: string) => {
  const { partial, parent, passphrase } = about;
  await mkdir(partial, { mode: 0o700 });
  const leftOut = await fill(io, config, about);
  const checked = await checkBackup(io, partial, { passphrase, scratch: partial });
  await syncAll(partial);
  await rename(partial, folder);
  await syncAll(parent, { deep: false });
  return { checked, leftOut };
};

type Unfinished = {
  readonly network: BlockNetwork;
  readonly id: string;
  readonly made: Date;
  readonly parent: string;
  readonly partial: string;
  readonly passphrase: string | null;
};

/** Writes all that a backup holds, its manifest last; answers what was left out. */
const fill = async (
  io: Io,
  config: ServicesConfig,
  { network, id, made, parent, partial, passphrase }: Unfinished,
): Promise<readonly string[]> => {
  const data = config.service.values.LUCID_DATA_PATH;
  const files = await listFolder(data);
  await writeFile(join(partial, GENESIS), await readFile(join(data, GENESIS)), { mode: 0o600 });
  for (const path of files.plain) await carryFile(path, data, partial);
  const store = await takeStore(config, partial);
  const log = await takeLog(config, { network, partial, parent, store: store?.state ?? null });
  // After the store: a journal that knows more than the store keeps a second signature from being made.
  if (existsSync(join(data, JOURNAL))) await takeJournal(data, partial);
  if (passphrase !== null)
    await takeSecrets(io, { data, partial, id, passphrase, paths: files.secret });
  await writeManifest(partial, {
    id,
    lucid: manifest.version,
    network_id: network.networkId,
    network: network.genesis.name,
    made_at: made.toISOString(),
    data: resolve(data),
    store: store === null ? null : store.about,
    log: log === null ? null : { size: log.size },
    secrets: passphrase === null ? null : files.secret,
  });
  return passphrase === null ? files.secret : [];
};

/** By time among those of a network, and never that of another. */
const nameOf = ({ genesis }: BlockNetwork, made: Date, id: string): string =>
  `lucid-${genesis.name}-${made.toISOString().replaceAll(/[-:]|\.\d+/g, "")}-${id.slice(0, 6)}`;

type TakenStore = { readonly about: NonNullable<Manifest["store"]>; readonly state: CopiedStore };

/** Null where this machine has none: it keeps the log alone, or nothing was ever started. */
const takeStore = async (config: ServicesConfig, partial: string): Promise<TakenStore | null> => {
  const place = storePlace(config.service.values);
  if (place.engine === "sqlite" && !existsSync(place.path)) return null;
  const collections: Record<string, { version: number; documents: number }> = {};
  const state = await copyStore(
    () => openStoreSnapshot(config.service.values),
    async (name, version, documents) => {
      collections[name] = { version, documents: await writeDocuments(partial, name, documents) };
    },
  );
  const { engine, sealedSlot } = state;
  return { about: { engine, sealed_slot: sealedSlot, collections }, state };
};

type LogAbout = {
  readonly network: BlockNetwork;
  readonly partial: string;
  readonly parent: string;
  readonly store: CopiedStore | null;
};

/** Null where no log lies in the folder. */
const takeLog = async (config: ServicesConfig, { network, partial, parent, store }: LogAbout) => {
  const { genesis } = network;
  const source = join(config.log.values.LUCID_DATA_PATH, LOG);
  if (!existsSync(source)) return null;
  const earlier = (await listBackups(parent, network.networkId)).find(
    ({ manifest }) => manifest.log,
  );
  const target = join(partial, LOG);
  const { sealedSlot = null, checkpoint: acknowledged = null } = store ?? {};
  return copyLog(await openDisk(source), await openDisk(target, { create: true }), {
    genesis,
    acknowledged,
    mostBlocks:
      store === null ? null : sealedSlot === null ? 0 : sealedSlot - genesis.first_slot + 1,
    ...(earlier !== undefined && {
      reuse: (path, bytes) => linkFrom(join(earlier.folder, LOG, path), join(target, path), bytes),
    }),
  });
};

/** One file under two names: it never changes, and goes with the last backup that has it. */
const linkFrom = async (from: string, to: string, bytes: number): Promise<boolean> => {
  const there = await stat(from).catch(() => null);
  if (there?.size !== bytes) return false;
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  return link(from, to).then(
    () => true,
    () => false, // a file system without such names, or another disk: it is copied
  );
};

const takeJournal = async (data: string, partial: string): Promise<void> => {
  await mkdir(dirname(join(partial, JOURNAL)), { recursive: true, mode: 0o700 });
  await copyJournal(join(data, JOURNAL), join(partial, JOURNAL));
};

const takeSecrets = async (
  io: Pick<Io, "random">,
  about: {
    readonly data: string;
    readonly partial: string;
    readonly id: string;
    readonly passphrase: string;
    readonly paths: readonly string[];
  },
): Promise<void> => {
  const secrets = new Map<string, Uint8Array>();
  for (const path of about.paths) secrets.set(path, await readFile(join(about.data, path)));
  const text = await sealSecrets(
    secrets,
    { passphrase: about.passphrase, backupId: about.id },
    io.random,
  );
  await writeFile(join(about.partial, SECRETS), text, { flag: "wx", mode: 0o600 });
};
