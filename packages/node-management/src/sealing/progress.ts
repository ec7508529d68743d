import type { Collection } from "@lucid/platform/documents";
import type { SignedCheckpoint } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import { insertOrFind } from "../shared/written.ts";
import type { ProgressDocument } from "./documents.ts";

export type Step = "marked" | "appended" | "cleared" | "seen";

/** How far the steps after a seal have come. None ever goes back. */
export type Progress = {
  of(step: Step): Promise<ProgressDocument | null>;
  /** Moves a step on to a slot; one that is further already stays. */
  advance(step: Step, slot: number, checkpoint?: SignedCheckpoint | null): Promise<void>;
};

const attempts = 5;

export const createProgress = (collection: Collection<ProgressDocument>): Progress => ({
  of: (step) => collection.get(step),
  advance: async (id, slot, checkpoint = null) => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { inserted, stored } = await insertOrFind(collection, { id, slot, checkpoint });
      if (inserted || stored.slot >= slot) return;
      const moved = await compareAndSet(
        collection,
        id,
        { slot, checkpoint },
        { slot: stored.slot },
      );
      if (moved.done) return;
    }
    throw new Fault("sealing.contention", `others kept moving ${id} at the same time`);
  },
});
