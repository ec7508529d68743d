import {
  createEpochLeaves,
  decodeCompactedEpoch,
  epochOf,
  epochsOfHeight,
  ProtocolError,
} from "@lucid/protocol";
import type { BlockNetwork, CompactedEpoch, EpochLeaves } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import { compactPath, StoreError } from "../store/index.ts";
import { createPause } from "../shared/pause.ts";
import type { Pause } from "../shared/pause.ts";
import { createQueue } from "../shared/queue.ts";
import { createRecent } from "../shared/recent.ts";
import { frameBody } from "./steps.ts";

/** The bodies that follow from compacted epochs; going through them in order is cheap. */
export type CompactedEpochs = {
  /**
   * The framed body of a block. Throws `store.damaged` for a compacted epoch that is needed and not there, or is none;
   * what it follows from proves nothing by itself: compare it with its header.
   */
  body(height: number, pause: Pause): Promise<Uint8Array>;
  /** Forgets what was read. */
  forget(): void;
};

type Deps = {
  network: BlockNetwork;
  clock: Clock;
  /** a file of the log's directory */
  read: (path: string) => Promise<Uint8Array | null>;
};

/** A reader in order needs an epoch and the one whose commitments stand at its end. */
const EPOCHS_AT_ONCE = 2;
// A slice unwinds 11 520 links at once in an epoch of 720 slots, and 384 when a block is read.
const NODES_AT_ONCE = 16;
const SPACING = 24;

/** Reads compacted epochs a slice of nodes at a time, so that the event loop goes on meanwhile. */
export function createCompactedEpochs({ network, clock, read }: Deps): CompactedEpochs {
  const { genesis } = network;
  const unwind = async (epoch: number): Promise<EpochLeaves[]> => {
    const compacted = decodeAt(network, epoch, await read(compactPath(epoch)));
    const pause = createPause(clock);
    const slices: EpochLeaves[] = [];
    for (const slice of slicesOf(compacted)) {
      slices.push(createEpochLeaves(network, slice, SPACING));
      await pause();
    }
    return slices;
  };
  // One after the other: an epoch of many nodes takes much memory, and strangers ask for many epochs.
  const queue = createQueue();
  const epochs = createRecent(EPOCHS_AT_ONCE, (epoch: number) => queue.run(() => unwind(epoch)));
  return {
    body: async (height, pause) => {
      const leaves: Uint8Array[] = [];
      for (const epoch of epochsOfHeight(genesis, height)) {
        for (const slice of await epochs.get(epoch)) {
          leaves.push(...slice.at(height));
          await pause();
        }
      }
      return orDamaged(compactPath(epochOf(genesis, genesis.first_slot + height)), () =>
        frameBody(leaves, pause),
      );
    },
    forget: () => epochs.clear(),
  };
}

/** Slices of the nodes; what is kept as it is comes with the first. */
function* slicesOf({ epoch, nodes, leaves }: CompactedEpoch): Generator<CompactedEpoch> {
  yield { epoch, nodes: nodes.slice(0, NODES_AT_ONCE), leaves };
  for (let from = NODES_AT_ONCE; from < nodes.length; from += NODES_AT_ONCE) {
    yield { epoch, nodes: nodes.slice(from, from + NODES_AT_ONCE), leaves: [] };
  }
}

/** A compacted epoch as it lies in the directory. */
function decodeAt({ genesis }: BlockNetwork, epoch: number, bytes: Uint8Array | null) {
  const path = compactPath(epoch);
  if (bytes === null) throw damaged(path, "is not there, and a body that needs it neither");
  try {
    const compacted = decodeCompactedEpoch(bytes, genesis.slots_per_epoch);
    if (compacted.epoch === epoch) return compacted;
  } catch (error) {
    if (error instanceof ProtocolError) throw damaged(path, `is damaged: ${error.message}`, error);
    throw error;
  }
  throw damaged(path, "is damaged: it holds another epoch");
}

/** Leaves that are none come from a file that is damaged. */
async function orDamaged<Result>(path: string, make: () => Promise<Result>): Promise<Result> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof ProtocolError) throw damaged(path, `is damaged: ${error.message}`, error);
    throw error;
  }
}

function damaged(path: string, detail: string, cause?: unknown): StoreError {
  return new StoreError("store.damaged", `${path} ${detail}`, { path, cause });
}
