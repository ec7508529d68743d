import { epochOf, epochsOfHeight } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import type { Disk } from "../disk/index.ts";
import { bodyPath, compactPath, parseBodyPath, parseCompactPath } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import type { Bodies } from "./bodies.ts";
import { createClosedEpochs } from "./closed.ts";
import { compactEpoch } from "./make.ts";
import { createPause } from "../shared/pause.ts";
import type { Pause } from "../shared/pause.ts";
import { verifyCompacted } from "./verify.ts";

/** An epoch whose bodies were replaced by its compacted form. */
export type CompactionEvent = {
  type: "compacted";
  epoch: number;
  bytes: number;
  /** body files that were dropped, and what they held */
  dropped: number;
  droppedBytes: number;
};

/**
 * Compacts epochs, one after the other, once they are closed in the log. Guarantees:
 * - *lossless*: a body file is dropped only after every compacted epoch that it follows from was read back from the
 *   disk and gave it back byte for byte;
 * - *restartable*: whatever was cut off is done again or finished by the next run.
 */
export type Compaction = {
  /** Compacts what is closed; ends soon after `signal` is aborted. Throws `store.damaged` when something differs. */
  run(signal: AbortSignal): Promise<void>;
};

type Deps = {
  store: Store;
  bodies: Bodies;
  clock: Clock;
  onEvent?: (event: CompactionEvent) => void;
};

export function createCompaction({ store, bodies, clock, onEvent }: Deps): Compaction {
  const { network, disk } = store;
  const closed = createClosedEpochs(network.genesis, bodies);
  const firstEpoch = epochOf(network.genesis, network.genesis.first_slot);

  const compact = async (epoch: number, pause: Pause): Promise<void> => {
    const bytes = await compactEpoch(network, bodies, epoch, pause);
    await store.exclusive((writer) => writer.write([{ path: compactPath(epoch), bytes }]));
  };

  /** Drops the body files that follow from an epoch that is compacted. */
  const drop = async (epoch: number, durable: ReadonlySet<number>, pause: Pause) => {
    const isDurable = (needed: number) => durable.has(needed);
    const heights = await verifyCompacted({ store, clock }, epoch, isDurable, pause);
    const files = await bodyHeights(disk);
    const dropped = heights.filter((height) => files.has(height)).map(bodyPath);
    if (dropped.length === 0) return;
    const droppedBytes = await bytesOf(disk, dropped);
    await store.exclusive((writer) => writer.remove(dropped));
    const bytes = await bytesOf(disk, [compactPath(epoch)]);
    onEvent?.({ type: "compacted", epoch, bytes, dropped: dropped.length, droppedBytes });
  };

  /** What a run left that was cut off between the compacted epoch and the files that it replaces. */
  const finishDrops = async (durable: ReadonlySet<number>, pause: Pause): Promise<void> => {
    const left = Array.from(await bodyHeights(disk))
      .map((height) => epochsOfHeight(network.genesis, height))
      .filter((needed) => needed.every((epoch) => durable.has(epoch)));
    const epochs = new Set(left.map((needed) => needed.at(-1) as number));
    for (const epoch of [...epochs].toSorted((a, b) => a - b)) await drop(epoch, durable, pause);
  };

  const compactClosed = async (signal: AbortSignal): Promise<void> => {
    const pause = createPause(clock, signal);
    const durable = await compactedEpochs(disk);
    await finishDrops(durable, pause);
    for (let epoch = firstEpoch; ; epoch++) {
      if (durable.has(epoch)) continue;
      if (!(await closed.isClosed(epoch, store.head().size, pause))) return;
      await compact(epoch, pause);
      await drop(epoch, durable.add(epoch), pause);
    }
  };

  return {
    run: async (signal) => {
      try {
        await compactClosed(signal);
      } catch (error) {
        bodies.forget();
        throw error;
      }
    },
  };
}

async function compactedEpochs(disk: Disk): Promise<Set<number>> {
  const epochs = (await disk.list("compact")).map(({ name }) =>
    parseCompactPath(`compact/${name}`),
  );
  return new Set(epochs.filter((epoch) => epoch !== null));
}

async function bodyHeights(disk: Disk): Promise<Set<number>> {
  const heights = (await disk.list("body")).map(({ name }) => parseBodyPath(`body/${name}`));
  return new Set(heights.filter((height) => height !== null));
}

async function bytesOf(disk: Disk, paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) bytes += (await disk.size(path)) ?? 0;
  return bytes;
}
