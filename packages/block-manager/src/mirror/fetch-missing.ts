import { TILE_WIDTH } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import type { Log } from "@lucid/verify";
import { createPause } from "../shared/pause.ts";
import type { DiskFile } from "../disk/index.ts";
import type { Head, Store } from "../store/index.ts";
import { stalePartials } from "../store/index.ts";
import { createCompacting } from "./compacting.ts";
import { createGrowth } from "./growth.ts";
import type { Growth } from "./growth.ts";
import { ownState } from "./own-state.ts";
import { resume, saveProgress } from "./progress.ts";
import { verifiedNote } from "./verified-note.ts";

/** What is held in memory before it is written: bytes of bodies, and entries, a multiple of 256. */
export type Batch = { bytes: number; entries: number };

const BATCH: Batch = { bytes: 8 * 1024 * 1024, entries: 16 * TILE_WIDTH };

export type FetchDeps = { store: Store; clock: Clock; batch?: Batch };

/**
 * Fetches what a log has beyond ours and publishes it. Every block is verified before it is written; what is written is
 * published at the end, when all that the checkpoint covers is durable. Cut off anywhere, the next attempt goes on from
 * the last whole batch, with this source or another. `log` must extend what is published.
 * Throws `LogError`, `SourceError`, and the faults of the store.
 */
export async function fetchMissing(
  { store, clock, batch = BATCH }: FetchDeps,
  log: Log,
  signal: AbortSignal,
): Promise<Head> {
  const pause = createPause(clock, signal);
  const before = store.head().size;
  const start = await resume(store, log, () => ownState(store, pause));
  const growth = createGrowth(start, await openEntries(log, start.edge.size));
  const compacting = createCompacting(store.network, log);

  for await (const block of log.blocks(start.edge.size, log.checkpoint.size, start.state)) {
    growth.add(block, await compacting.add(block));
    if (growth.waitingBytes() >= batch.bytes) await write(store, growth.takeBodies());
    if (growth.isAligned() && growth.waitingEntries() >= batch.entries) {
      await writeBatch(store, growth, compacting.take());
    }
    await pause();
  }
  const last = growth.takeTiles(true);
  return store.exclusive(async (writer) => {
    await writer.write([...growth.takeBodies(), ...compacting.take(), ...last.files]);
    await saveProgress(writer, last.progress);
    const head = await writer.publish(verifiedNote(store.network.genesis, log.checkpoint));
    await writer.remove(stalePartials(before, head.size));
    return head;
  });
}

/** The progress comes last: it says that everything before it is there. */
async function writeBatch(store: Store, growth: Growth, compacted: DiskFile[]): Promise<void> {
  const { files, progress } = growth.takeTiles(false);
  await store.exclusive(async (writer) => {
    await writer.write([...growth.takeBodies(), ...compacted, ...files]);
    await saveProgress(writer, progress);
  });
}

async function write(store: Store, files: DiskFile[]): Promise<void> {
  await store.exclusive((writer) => writer.write(files));
}

/** The entries of the bundle that is not full at a size. */
async function openEntries(log: Log, size: number): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  const from = Math.floor(size / TILE_WIDTH) * TILE_WIDTH;
  for await (const { bytes } of log.entries(from, size)) entries.push(bytes);
  return entries;
}
