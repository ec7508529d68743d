import type { Collection } from "@lucid/platform/documents";
import { type ClosedEpoch, type EpochDocument, isClosed } from "./documents.ts";

/** The newest closed epoch; null before the first. */
export type Newest = {
  /** As the store has it, which is remembered: for whoever decides, has closed an epoch or follows other replicas. */
  read(): Promise<ClosedEpoch | null>;
  /** As it was read last. */
  known(): Promise<ClosedEpoch | null>;
};

export const createNewest = (epochs: Pick<Collection<EpochDocument>, "find">): Newest => {
  let known: ClosedEpoch | null | undefined;

  const read: Newest["read"] = async () => {
    const where = { state: "closed" } as const;
    const [found] = await epochs.find({ where, sort: [["epoch", "desc"]], limit: 1 });
    known ??= null;
    // What is closed stays closed, so an answer that a later one overtook tells nothing.
    if (found !== undefined && isClosed(found) && found.epoch > (known?.epoch ?? -1)) known = found;
    return known;
  };

  return { read, known: async () => (known === undefined ? read() : known) };
};
