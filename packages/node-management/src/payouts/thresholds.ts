import { type Collection, defineCollection, int64 } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { insertOrFind } from "../shared/written.ts";

const ThresholdDocument = Type.Object({
  /** The owner. */
  id: Type.String(),
  revision: Type.Integer(),
  /** Micro-USDT; 0 is the network's own threshold alone. */
  threshold_micro: int64(),
  set_at: Type.Integer(),
});

/** From which balance on an owner wants to be paid, where that is more than the network's threshold. */
export type ThresholdDocument = Static<typeof ThresholdDocument>;

export const thresholdCollection = defineCollection({
  name: "owner_thresholds",
  schema: ThresholdDocument,
});

/** Writes an owner's wish; the latest word counts. */
export const setThreshold = async (
  thresholds: Collection<ThresholdDocument>,
  ownerId: string,
  { thresholdMicro, atMs }: { thresholdMicro: bigint; atMs: number },
): Promise<ThresholdDocument> => {
  const change = { threshold_micro: thresholdMicro, set_at: atMs };
  for (;;) {
    const { inserted, stored } = await insertOrFind(thresholds, {
      id: ownerId,
      revision: 0,
      ...change,
    });
    if (inserted) return stored;
    const { revision } = stored;
    const patch = { ...change, revision: revision + 1 };
    const swapped = await compareAndSet(thresholds, ownerId, patch, { revision });
    if (swapped.done) return swapped.document;
  }
};

export const readThreshold = async (
  thresholds: Collection<ThresholdDocument>,
  ownerId: string,
): Promise<bigint> => (await thresholds.get(ownerId))?.threshold_micro ?? 0n;
