import { checkpointText, formatNote, signNote } from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";
import { nextOf } from "../disk/index.ts";
import type { Disk } from "../disk/index.ts";
import type { Head } from "./contract.ts";
import { checkpointOf, EMPTY_HEAD, readHead } from "./head.ts";
import { CHECKPOINT, MARKER } from "./layout.ts";
import { StoreError } from "./store-error.ts";
import { sweep } from "./sweep.ts";

/** What a directory turned out to hold. */
export type Recovery = {
  head: Head;
  /** the size of a checkpoint that was about to be published, and now is */
  finished: number | null;
  removed: readonly string[];
};

export type RecoverOptions = {
  genesis: Genesis;
  /** signs the checkpoint of an empty log; null for a follower, and where a log is known to be */
  logSeed: Uint8Array | null;
  isAppender: boolean;
};

/**
 * Reads the published state, after an interrupted change brought to an end: a checkpoint that was about to be published
 * is published, for somebody may have seen it; everything that no checkpoint covers goes.
 */
export async function recover(disk: Disk, options: RecoverOptions): Promise<Recovery> {
  const { genesis } = options;
  const finished = await finishPublishing(disk, genesis);
  const note = (await disk.read(CHECKPOINT)) ?? firstNote(disk, options);
  if (note === null) return { head: EMPTY_HEAD, finished, removed: await swept(disk, 0, options) };
  const head = await readHead(disk, genesis, note).catch(nameTheWayOut);
  // The process before may have ended between rename and sync; what we answer for must be durable.
  await disk.publish({ path: CHECKPOINT, bytes: note });
  return { head, finished, removed: await swept(disk, head.size, options) };
}

/** Nothing here can make a checkpoint again. */
const WAY_OUT = `move what is left aside, name a follower in BLOCK_MANAGER_PEERS and remove ${MARKER}: the log is then fetched from there`;

function nameTheWayOut(error: unknown): never {
  if (!(error instanceof StoreError) || error.code !== "store.checkpoint") throw error;
  const { code, message, path } = error;
  throw new StoreError(code, `${message}; ${WAY_OUT}`, { path, cause: error });
}

const swept = (disk: Disk, size: number, { genesis, isAppender }: RecoverOptions) =>
  sweep(disk, { genesis, size, keepUnpublished: !isAppender });

/** Answers the size of the checkpoint that was finished. One that was cut off was never seen by anybody. */
async function finishPublishing(disk: Disk, genesis: Genesis): Promise<number | null> {
  const path = nextOf(CHECKPOINT);
  const next = await disk.read(path);
  if (next === null) return null;
  const size = sizeOf(genesis, next);
  const published = await disk.read(CHECKPOINT);
  const known = published === null ? 0 : (sizeOf(genesis, published) ?? 0);
  if (size === null || size < known) {
    await disk.remove([path]);
    return null;
  }
  await readHead(disk, genesis, next);
  await disk.publish({ path: CHECKPOINT, bytes: next });
  return size;
}

function sizeOf(genesis: Genesis, note: Uint8Array): number | null {
  try {
    return checkpointOf(genesis, note).size;
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}

function firstNote(disk: Disk, { genesis, logSeed, isAppender }: RecoverOptions) {
  if (logSeed !== null) return signCheckpoint(genesis, EMPTY_HEAD, logSeed);
  if (!isAppender) return null;
  throw new StoreError(
    "store.missing",
    `${disk.name} has no ${CHECKPOINT}, but a log is known to live there; ${WAY_OUT}`,
    { path: CHECKPOINT },
  );
}

/** The note of a state of the log, signed by its key. */
export function signCheckpoint(
  { log_origin }: Genesis,
  { size, root }: Pick<Head, "size" | "root">,
  logSeed: Uint8Array,
): Uint8Array {
  const text = checkpointText({ origin: log_origin, size, root });
  return formatNote({ text, signatures: [signNote(text, { name: log_origin, seed: logSeed })] });
}
