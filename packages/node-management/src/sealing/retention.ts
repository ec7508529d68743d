import { setImmediate as nextTurn } from "node:timers/promises";
import type { Collection } from "@lucid/platform/documents";
import { compareAndSet } from "../shared/compare-and-set.ts";
import type { SlotDocument } from "./documents.ts";
import type { Progress } from "./progress.ts";

export type ClearingDeps = {
  readonly slots: Collection<SlotDocument>;
  readonly progress: Progress;
  /** Takes away what the receiver of beacons keeps of a slot. */
  readonly forget: (slot: number) => Promise<void>;
};

/** Bodies are large: so many slots are read at a time. */
const perStep = 8;

/**
 * Takes bodies and beacon segments of slots before `beforeSlot` away, oldest first. Never of a slot that
 * block-manager has not acknowledged: from then on the log is where its body is.
 */
export const createClearing =
  ({ slots, progress, forget }: ClearingDeps) =>
  async ({
    beforeSlot,
    signal,
  }: {
    readonly beforeSlot: number;
    readonly signal: AbortSignal;
  }): Promise<number> => {
    const appended = (await progress.of("appended"))?.slot ?? -1;
    let after = (await progress.of("cleared"))?.slot ?? -1;
    let cleared = 0;
    while (!signal.aborted) {
      const where = { slot: { gt: after, lt: Math.min(beforeSlot, appended + 1) } };
      const found = await slots.find({ where, sort: [["slot", "asc"]], limit: perStep });
      for (const { id, slot, body } of found) {
        await forget(slot);
        if (body !== undefined) await compareAndSet(slots, id, { body: undefined }, { slot });
      }
      const last = found.at(-1);
      if (last === undefined) return cleared;
      await progress.advance("cleared", last.slot);
      after = last.slot;
      cleared += found.length;
      await nextTurn();
    }
    return cleared;
  };
