import type { Collection } from "@lucid/platform/documents";
import { findPage, type Page, pageOf } from "../shared/page.ts";
import { type EpochDocument, type EpochResultDocument, resultDocumentId } from "./documents.ts";
import type { Epochs } from "./contract.ts";

export type ReadersDeps = {
  readonly epochs: Collection<EpochDocument>;
  readonly results: Collection<EpochResultDocument>;
};

type Readers = Pick<
  Epochs,
  "document" | "documents" | "result" | "results" | "latestResult" | "scores" | "history"
> & {
  /** The newest closed epoch. */
  lastClosed(): Promise<number | null>;
};

export const createReaders = ({ epochs, results }: ReadersDeps): Readers => {
  const lastClosed = async (): Promise<number | null> => {
    const where = { state: "closed" } as const;
    const [newest] = await epochs.find({ where, sort: [["epoch", "desc"]], limit: 1 });
    return newest?.epoch ?? null;
  };

  /** Results of an epoch that is not closed are nobody's business: another run may be picked. */
  const closedResultsOf = async (nodeId: string) => ({
    node_id: nodeId,
    epoch: { lte: (await lastClosed()) ?? -1 },
  });

  return {
    lastClosed,
    document: (epoch) => epochs.get(String(epoch)),
    documents: (from, to) =>
      epochs.find({ where: { epoch: { gte: to, lte: from } }, sort: [["epoch", "desc"]] }),
    result: async (epoch, nodeId) => {
      const picked = await epochs.get(String(epoch));
      if (picked?.run === undefined) return null;
      return results.get(resultDocumentId(epoch, picked.run, nodeId));
    },
    results: async (epoch, request): Promise<Page<EpochResultDocument> | null> => {
      const closed = await epochs.get(String(epoch));
      if (closed?.state !== "closed" || closed.run === undefined) return null;
      const { page, limit, skip } = pageOf(request);
      const where = { epoch, run: closed.run };
      const items = await results.find({ where, sort: [["node_id", "asc"]], skip, limit });
      return { items, total: closed.count ?? 0, page, limit };
    },
    latestResult: async (nodeId) => {
      const where = await closedResultsOf(nodeId);
      const [latest] = await results.find({ where, sort: [["epoch", "desc"]], limit: 1 });
      return latest ?? null;
    },
    scores: async (nodeIds) => {
      const epoch = await lastClosed();
      const run = epoch === null ? undefined : (await epochs.get(String(epoch)))?.run;
      if (epoch === null || run === undefined) return nodeIds.map(() => null);
      const found = await results.find({ where: { epoch, run, node_id: { in: nodeIds } } });
      const scores = new Map(found.map(({ node_id, score }) => [node_id, score]));
      return nodeIds.map((nodeId) => scores.get(nodeId) ?? null);
    },
    history: async (nodeId, request) => {
      const where = await closedResultsOf(nodeId);
      return findPage(results, { where, sort: [["epoch", "desc"]] }, request);
    },
  };
};
