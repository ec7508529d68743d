import {
  createCompactor,
  encodeCompactedEpoch,
  epochsOfHeight,
  heightsOfEpoch,
} from "@lucid/protocol";
import type { BlockNetwork, Compactor } from "@lucid/protocol";
import type { Log, LogBlock } from "@lucid/verify";
import type { DiskFile } from "../disk/index.ts";
import { compactPath } from "../store/index.ts";

/**
 * Epochs that the source has compacted are compacted again from the bodies that were verified, so that what is stored is
 * what follows from them, whatever else the source's file holds.
 */
export type Compacting = {
  /** Takes the next block; answers whether its body has to be kept as a file. */
  add(block: LogBlock): Promise<boolean>;
  /** The compacted epochs that were completed since the last time. */
  take(): DiskFile[];
};

export function createCompacting({ genesis, networkId }: BlockNetwork, log: Log): Compacting {
  const open = new Map<number, Compactor | null>();
  let completed: DiskFile[] = [];

  /** Null for an epoch whose bodies are kept. */
  const compactorOf = async (epoch: number, height: number): Promise<Compactor | null> => {
    const known = open.get(epoch);
    if (known !== undefined) return known;
    const range = heightsOfEpoch(genesis, epoch);
    const isComplete = range.to <= log.checkpoint.size;
    const isCompacted = isComplete && (await log.source.read(compactPath(epoch))) !== null;
    const compactor = isCompacted ? createCompactor({ genesis, networkId }, epoch) : null;
    if (compactor !== null) await feed(log, compactor, { from: range.from, to: height });
    open.set(epoch, compactor);
    return compactor;
  };

  return {
    add: async ({ height, body }) => {
      let keepsBody = false;
      for (const epoch of epochsOfHeight(genesis, height)) {
        const compactor = await compactorOf(epoch, height);
        if (compactor === null) keepsBody = true;
        compactor?.add(height, body);
        if (height + 1 < heightsOfEpoch(genesis, epoch).to) continue;
        open.delete(epoch);
        if (compactor === null) continue;
        completed.push({
          path: compactPath(epoch),
          bytes: encodeCompactedEpoch(compactor.finish()),
        });
      }
      return keepsBody;
    },
    take: () => {
      const taken = completed;
      completed = [];
      return taken;
    },
  };
}

/** The blocks of an epoch before the one where the walk begins, which were verified before and are not walked again. */
async function feed(log: Log, compactor: Compactor, { from, to }: { from: number; to: number }) {
  for await (const { height, entry } of log.entries(from, to)) {
    compactor.add(height, await log.body(entry.header));
  }
}
