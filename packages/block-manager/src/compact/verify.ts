import { epochsOfHeight, equalBytes, heightsOfEpoch } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import { bodyPath, compactPath, StoreError } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { problemOf } from "./body-problem.ts";
import { createCompactedEpochs } from "./epochs.ts";
import type { Pause } from "../shared/pause.ts";

type Deps = { store: Store; clock: Clock };

/**
 * Reads a compacted epoch back from the disk, rebuilds every body that now follows from compacted epochs alone, and
 * compares each byte for byte with its file, or with its header where the file is gone already.
 * Answers the heights whose bodies may be dropped; throws `store.damaged` with the path of the file that is wrong.
 */
export async function verifyCompacted(
  { store, clock }: Deps,
  epoch: number,
  isDurable: (epoch: number) => boolean,
  pause: Pause,
): Promise<number[]> {
  const { network, disk } = store;
  const compacted = createCompactedEpochs({ network, clock, read: (path) => disk.read(path) });
  const { from, to } = heightsOfEpoch(network.genesis, epoch);
  const verified: number[] = [];
  for (let height = from; height < to; height++) {
    if (!epochsOfHeight(network.genesis, height).every(isDurable)) continue;
    const rebuilt = await compacted.body(height, pause);
    await assertSame(store, { height, rebuilt, from: compactPath(epoch) }, pause);
    verified.push(height);
    await pause();
  }
  return verified;
}

type Rebuilt = { height: number; rebuilt: Uint8Array; from: string };

/** A rebuilt body against its file, or its header; says which of the files is the damaged one. */
async function assertSame(store: Store, { height, rebuilt, from }: Rebuilt, pause: Pause) {
  const file = await store.disk.read(bodyPath(height));
  if (file !== null && equalBytes(file, rebuilt)) return;
  const { header } = (await store.entry(height)).entry;
  const problem = await problemOf(header, rebuilt, pause);
  if (problem !== null)
    throw damaged(from, `does not give back the body of block ${height}: ${problem}`);
  if (file !== null) throw damaged(bodyPath(height), "holds other bytes than were sealed");
}

function damaged(path: string, problem: string): StoreError {
  return new StoreError("store.damaged", `${path} ${problem}`, { path });
}
