import type { SignedCheckpoint } from "@lucid/protocol";
import { progressCollection, slotCollection, type ProgressDocument } from "./documents.ts";

/** How far sealing had come in a store that is read document by document. */
export type SealingAtRest = {
  /** The latest sealed slot; null before the first. */
  readonly sealedSlot: number | null;
  /** The latest slot whose facts know that they are sealed. */
  readonly markedSlot: number | null;
  /** What block-manager had acknowledged. */
  readonly checkpoint: SignedCheckpoint | null;
};

/** Hears the documents of a store go by, of any collection, and says how far sealing had come. */
export const createSealingReader = () => {
  let sealedSlot: number | null = null;
  let markedSlot: number | null = null;
  let checkpoint: SignedCheckpoint | null = null;
  return {
    see: (collection: string, document: Record<string, unknown>): void => {
      if (collection === slotCollection.name)
        sealedSlot = Math.max(sealedSlot ?? -1, Number(document["slot"]));
      if (collection !== progressCollection.name) return;
      const step = document as ProgressDocument;
      if (step.id === "marked") markedSlot = step.slot;
      if (step.id === "appended") checkpoint = step.checkpoint;
    },
    state: (): SealingAtRest => ({ sealedSlot, markedSlot, checkpoint }),
  };
};

/** Those that change together while a slot is sealed: the steps after a seal, and the seals themselves. */
export const sealingNames = { progress: progressCollection.name, slots: slotCollection.name };
