import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { exitCode, Failure, type Io } from "@lucid/agent";
import { fsck, openDisk } from "@lucid/block-manager";
import type { RestoredStore } from "@lucid/node-management";
import { readFirstPolicy, readNetwork } from "@lucid/platform/data-folder";
import { inspectStore } from "@lucid/platform/documents";
import { type BlockNetwork, parsePolicy } from "@lucid/protocol";
import { checkJournal } from "@lucid/tron/signer";
import { damaged, otherNetwork } from "./failures.ts";
import { GENESIS, JOURNAL, LOG, SECRETS } from "./layout.ts";
import { loadStore } from "./load.ts";
import { checkFiles, type Manifest, readManifest } from "./manifest.ts";
import type { OpenedLog } from "./newer-log.ts";
import { withRoomIn } from "./room.ts";
import { openSecrets, type Secrets } from "./secrets.ts";

const ROOM =
  "A store is put together there to be checked: make room, or name another folder with TMPDIR";

export type CheckOptions = {
  /** Opens the secrets; null leaves them closed and unchecked. */
  readonly passphrase: string | null;
  /** A folder with room for the store, which is put together there and removed. */
  readonly scratch: string;
  /** Opens a log that the store is brought up to, to see whether it can be. */
  readonly openNewer?: OpenNewer;
};

export type OpenNewer = (network: BlockNetwork) => Promise<OpenedLog>;

/** What was found in order. */
export type Checked = {
  readonly manifest: Manifest;
  readonly store: RestoredStore | null;
  /** The log that it was brought up to. */
  readonly newer: OpenedLog | null;
  /** Blocks of the log, each verified; null without a log. */
  readonly blocks: number | null;
  readonly secrets: Secrets | null;
};

/**
 * Reads a backup whole: every file is as it was written, the documents make a store whose ledger chains hold, the log's
 * blocks lead to its checkpoint, and store and log belong together. Starts nothing, leaves nothing.
 * Throws a Failure `backup.*`, and what the parts throw.
 */
export const checkBackup = async (
  io: Io,
  folder: string,
  { passphrase, scratch, openNewer }: CheckOptions,
): Promise<Checked> => {
  const manifest = await readManifest(folder);
  await checkFiles(folder, manifest);
  const network = checkIdentity(folder, manifest);
  const secrets = passphrase === null ? null : await readSecrets(folder, manifest, passphrase);
  const blocks = await checkLog(io, folder, { manifest, network });
  if (existsSync(join(folder, JOURNAL))) checkJournal(join(folder, JOURNAL));
  const newer = (await openNewer?.(network)) ?? null;
  const store = await rehearseStore(io, folder, { manifest, scratch, newer });
  return { manifest, store, newer, blocks, secrets };
};

const checkIdentity = (folder: string, manifest: Manifest): BlockNetwork => {
  const network = readNetwork(folder);
  if (network.networkId !== manifest.network_id)
    throw otherNetwork(
      `${join(folder, GENESIS)} is of network ${network.networkId}, the backup of ${manifest.network_id}`,
    );
  parsePolicy(readFirstPolicy(folder));
  return network;
};

const readSecrets = async (
  folder: string,
  { id, secrets }: Manifest,
  passphrase: string,
): Promise<Secrets> => {
  if (secrets === null)
    throw new Failure("backup.passphrase", `${folder} was made without keys`, {
      fix: "Leave --keys out, and put the keys back from their own copies",
      exit: exitCode.usage,
    });
  const path = join(folder, SECRETS);
  return openSecrets(await readFile(path, "utf8"), { passphrase, backupId: id }, path);
};

const checkLog = async (
  io: Pick<Io, "signal">,
  folder: string,
  { manifest: { log, store }, network }: { manifest: Manifest; network: BlockNetwork },
): Promise<number | null> => {
  if (log === null) return null;
  const path = join(folder, LOG);
  const report = await fsck(await openDisk(path), {
    networkId: network.networkId,
    signal: io.signal,
  });
  const [finding] = report.findings;
  if (finding !== undefined) throw damaged(join(path, finding.path), finding.detail);
  if (report.size !== log.size) throw damaged(path, `it has ${report.size} blocks of ${log.size}`);
  const last = network.genesis.first_slot + log.size - 1;
  if (store !== null && last > (store.sealed_slot ?? network.genesis.first_slot - 1))
    throw damaged(path, `its last block is of slot ${last}, which the store has not sealed`);
  return report.size;
};

const rehearseStore = async (
  io: Io,
  folder: string,
  { manifest, scratch, newer }: { manifest: Manifest; scratch: string; newer: OpenedLog | null },
): Promise<RestoredStore | null> => {
  const rehearsal = await mkdtemp(join(scratch, "lucid-rehearsal-"));
  try {
    const place = { engine: "sqlite", path: join(rehearsal, "store.sqlite") } as const;
    return await withRoomIn(scratch, ROOM, async () => {
      const store = await loadStore(io, { folder, manifest, place, newer });
      if (store !== null) await inspectStore(place);
      return store;
    });
  } finally {
    await rm(rehearsal, { recursive: true });
  }
};
