import type { Collection } from "@lucid/platform/documents";
import { findPage, type Page, pageOf } from "../shared/page.ts";
import type { Epochs } from "./contract.ts";
import {
  type EpochDocument,
  type EpochResultDocument,
  isClosed,
  resultDocumentId,
} from "./documents.ts";
import type { Newest } from "./newest.ts";
import { createRememberedResults } from "./remembered.ts";

export type ReadersDeps = {
  readonly epochs: Collection<EpochDocument>;
  readonly results: Collection<EpochResultDocument>;
  readonly newest: Newest;
};

type Readers = Pick<
  Epochs,
  | "lastClosed"
  | "document"
  | "documents"
  | "result"
  | "results"
  | "latestResult"
  | "scores"
  | "history"
>;

export const createReaders = ({ epochs, results, newest }: ReadersDeps): Readers => {
  const remembered = createRememberedResults(results);

  /** Of a node that was not in the newest closed epoch. */
  const olderResult = async (nodeId: string, before: number) => {
    const where = { node_id: nodeId, epoch: { lt: before } };
    const [result] = await results.find({ where, sort: [["epoch", "desc"]], limit: 1 });
    const epoch = result === undefined ? null : await epochs.get(String(result.epoch));
    return result === undefined || epoch === null ? null : { result, epoch };
  };

  return {
    lastClosed: async () => (await newest.read())?.epoch ?? null,
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
      if (closed === null || !isClosed(closed)) return null;
      const { page, limit, skip } = pageOf(request);
      const where = { epoch, run: closed.run };
      const items = await results.find({ where, sort: [["node_id", "asc"]], skip, limit });
      return { items, total: closed.count ?? 0, page, limit };
    },
    latestResult: async (nodeId) => {
      const epoch = await newest.known();
      if (epoch === null) return null;
      const result = await remembered(resultDocumentId(epoch.epoch, epoch.run, nodeId));
      return result === null ? olderResult(nodeId, epoch.epoch) : { result, epoch };
    },
    scores: async (nodeIds) => {
      const closed = await newest.known();
      if (closed === null) return nodeIds.map(() => null);
      const { epoch, run } = closed;
      const found = await results.find({ where: { epoch, run, node_id: { in: nodeIds } } });
      const scores = new Map(found.map(({ node_id, score }) => [node_id, score]));
      return nodeIds.map((nodeId) => scores.get(nodeId) ?? null);
    },
    // Results of an epoch that is not closed are nobody's business: another run may be picked.
    history: async (nodeId, request) => {
      const where = { node_id: nodeId, epoch: { lte: (await newest.known())?.epoch ?? -1 } };
      return findPage(results, { where, sort: [["epoch", "desc"]] }, request);
    },
  };
};
