import {
  createCompactor,
  encodeCompactedEpoch,
  epochsOfHeight,
  equalBytes,
  heightsOfEpoch,
  parseTilePath,
  unframeLeaves,
} from "@lucid/protocol";
import type { BlockHeader } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import { createCompactedEpochs, feedBody, parseLeaves, problemOf } from "../compact/index.ts";
import type { Pause } from "../shared/pause.ts";
import {
  bodyPath,
  CHECKPOINT,
  compactPath,
  parseBodyPath,
  parseCompactPath,
  StoreError,
} from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { tileProblem } from "./check-tile.ts";
import { lastCompacted } from "./files-of.ts";

/**
 * What is wrong with bytes as the file at a path, measured against what is published; null when they are that file.
 * Throws `store.damaged` for another file that would have to tell and cannot.
 */
export type CheckFile = (path: string, bytes: Uint8Array, pause: Pause) => Promise<string | null>;

export function createCheckFile({ store, clock }: { store: Store; clock: Clock }): CheckFile {
  return async (path, bytes, pause) => {
    if (path === CHECKPOINT) {
      return equalBytes(bytes, store.head().note) ? null : "it is not what was published";
    }
    const tile = parseTilePath(path);
    if (tile !== null) return tileProblem(store, tile, bytes);
    const height = parseBodyPath(path);
    if (height !== null) return problemOf((await store.entry(height)).entry.header, bytes, pause);
    const epoch = parseCompactPath(path);
    if (epoch !== null) return compactProblem({ store, clock }, epoch, bytes, pause);
    return "no file of the log has this name";
  };
}

/** A compacted epoch must give back what headers name, and be what those bodies make. */
async function compactProblem(
  { store, clock }: { store: Store; clock: Clock },
  epoch: number,
  bytes: Uint8Array,
  pause: Pause,
): Promise<string | null> {
  const { network, disk } = store;
  const path = compactPath(epoch);
  const read = async (asked: string) => (asked === path ? bytes : disk.read(asked));
  const compacted = createCompactedEpochs({ network, clock, read });
  const compactor = createCompactor(network, epoch);
  const { from, to } = heightsOfEpoch(network.genesis, epoch);
  const last = await lastCompacted(store);
  try {
    for await (const { height, entry } of store.entries(from, to)) {
      const isWhole = await isCompacted(store, height, { epoch, last });
      const framed = isWhole
        ? await compacted.body(height, pause)
        : await fileOf(store, entry.header, pause);
      const problem = await problemOf(entry.header, framed, pause);
      if (problem !== null)
        return `the body of block ${height} does not follow from it: ${problem}`;
      const body = await parseLeaves(unframeLeaves(framed), pause);
      await feedBody(compactor, { height, body }, pause);
      await pause();
    }
  } catch (error) {
    if (error instanceof StoreError && error.path === path) return error.message;
    throw error;
  }
  const made = encodeCompactedEpoch(compactor.finish());
  return equalBytes(made, bytes) ? null : "it is not what the bodies of its epoch make";
}

/** Whether a body follows from an epoch and others that are compacted, without the help of its file. */
async function isCompacted(
  store: Store,
  height: number,
  { epoch, last }: { epoch: number; last: number },
): Promise<boolean> {
  const others = epochsOfHeight(store.network.genesis, height).filter((other) => other !== epoch);
  for (const path of others.filter((other) => other <= last).map(compactPath)) {
    if ((await store.disk.size(path)) !== null) continue;
    throw new StoreError("store.damaged", `${path} is not there`, { path });
  }
  return others.every((other) => other <= last);
}

async function fileOf({ disk }: Store, header: BlockHeader, pause: Pause): Promise<Uint8Array> {
  if (header.body_count === 0) return new Uint8Array(0);
  const path = bodyPath(header.height);
  const bytes = await disk.read(path);
  const problem = bytes === null ? "it is not there" : await problemOf(header, bytes, pause);
  if (bytes !== null && problem === null) return bytes;
  throw new StoreError("store.damaged", `${path} is damaged: ${problem}`, { path });
}
