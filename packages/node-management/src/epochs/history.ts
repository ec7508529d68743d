import type { Collection } from "@lucid/platform/documents";
import { REPUTATION_START } from "@lucid/protocol";
import type { EpochDocument, EpochResultDocument } from "./documents.ts";
import { readResults } from "./results.ts";

/** What a node brings along from its epochs before. */
export type Carried = {
  readonly last_time?: number;
  readonly alpha: number;
  readonly beta: number;
};

export type HistoryDeps = {
  readonly epochs: Collection<EpochDocument>;
  readonly results: Collection<EpochResultDocument>;
};

/** What nodes bring along into the epoch that is settled next, kept in memory between neighbouring epochs. */
export type History = {
  /** Prepares for settling `epoch`; every epoch before is closed. */
  load(epoch: number): Promise<void>;
  carried(nodeId: string): Promise<Carried>;
  /** Takes over what an epoch came to. */
  absorb(epoch: number, results: readonly EpochResultDocument[]): void;
};

const FRESH: Carried = { alpha: REPUTATION_START, beta: REPUTATION_START };

export const createHistory = ({ epochs, results }: HistoryDeps): History => {
  const known = new Map<string, Carried>();
  let next: number | null = null;
  /** Whether every result there ever was is known, so that a node without one is new. */
  let isComplete = false;

  const remember = (result: EpochResultDocument): void => {
    const { node_id, alpha, beta, last_time } = result;
    known.set(node_id, { alpha, beta, ...(last_time !== undefined && { last_time }) });
  };

  return {
    load: async (epoch) => {
      if (next === epoch) return;
      known.clear();
      next = epoch;
      const earlier = await results.find({ where: { epoch: { lt: epoch } }, limit: 1 });
      isComplete = earlier.length === 0;
      const before = await epochs.get(String(epoch - 1));
      if (before?.run === undefined) return;
      for await (const page of readResults(results, before.epoch, before.run))
        page.forEach(remember);
    },
    carried: async (nodeId) => {
      const inMemory = known.get(nodeId);
      if (inMemory !== undefined || next === null || isComplete) return inMemory ?? FRESH;
      const where = { node_id: nodeId, epoch: { lt: next } };
      const [last] = await results.find({ where, sort: [["epoch", "desc"]], limit: 1 });
      if (last === undefined) known.set(nodeId, FRESH);
      else remember(last);
      return known.get(nodeId) ?? FRESH;
    },
    absorb: (epoch, settled) => {
      if (next !== epoch) return;
      settled.forEach(remember);
      next = epoch + 1;
    },
  };
};
