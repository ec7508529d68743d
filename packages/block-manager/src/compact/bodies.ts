import { epochOf } from "@lucid/protocol";
import type { BlockHeader } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import type { DiskFile } from "../disk/index.ts";
import { bodyPath, compactPath, StoreError } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { problemOf } from "./body-problem.ts";
import { createCompactedEpochs } from "./epochs.ts";
import { createPause } from "../shared/pause.ts";
import type { Pause } from "../shared/pause.ts";

/** The bodies of all blocks of the log, whether they lie there as files or follow from compacted epochs. */
export type Bodies = {
  /**
   * The framed body of a block, exactly as it was sealed and as its header names it.
   * Throws `store.range` for a height that the log does not have, `store.damaged` (with the path) when there is none.
   */
  bodyAt(height: number): Promise<Uint8Array>;
  /** Forgets what was read of compacted epochs, after one of their files was replaced. */
  forget(): void;
};

const NO_LEAVES = new Uint8Array(0);

export function createBodies({ store, clock }: { store: Store; clock: Clock }): Bodies {
  const { network } = store;
  const compacted = createCompactedEpochs({
    network,
    clock,
    read: (path) => store.disk.read(path),
  });
  return {
    bodyAt: async (height) => {
      const { header } = (await store.entry(height)).entry;
      if (header.body_count === 0) return NO_LEAVES;
      const pause = createPause(clock);
      const file = await store.body(height);
      if (file !== null) return verified(header, { path: bodyPath(height), bytes: file }, pause);
      const bytes = await compacted.body(height, pause);
      const path = compactPath(epochOf(network.genesis, header.slot));
      return verified(header, { path, bytes }, pause);
    },
    forget: () => compacted.forget(),
  };
}

async function verified(
  header: BlockHeader,
  { path, bytes }: DiskFile,
  pause: Pause,
): Promise<Uint8Array> {
  const problem = await problemOf(header, bytes, pause);
  if (problem === null) return bytes;
  const detail = `${path} does not hold what block ${header.height} names: ${problem}`;
  throw new StoreError("store.damaged", detail, { path });
}
