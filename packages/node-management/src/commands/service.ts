import type { Documents, Where } from "@lucid/platform/documents";
import { commandNumber } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { findPage } from "../shared/page.ts";
import type { Commands, GivenCommand } from "./contract.ts";
import { commandCollection, type CommandDocument } from "./documents.ts";
import { createNews, type NewsDeps } from "./news.ts";
import { createQueue, type QueueDeps } from "./queue.ts";
import { isOpen } from "./rules.ts";

export type CommandsDeps = Omit<QueueDeps, "collection"> &
  NewsDeps & { readonly documents: Pick<Documents, "collection"> };

/** Loads which nodes have something waiting for them: all that a beacon's path looks at. */
export const createCommands = async (deps: CommandsDeps): Promise<Commands> => {
  const { documents, clock } = deps;
  const collection = documents.collection(commandCollection);
  const queue = createQueue({ ...deps, collection });
  const tell = createNews(deps);
  /** Nodes with something open, each with a number that changes when more is queued. */
  let waiting = new Map<string, number>();
  let queued = 0;

  const readOpen = async (nodeId: string): Promise<CommandDocument[]> => {
    const found = await collection.find({
      where: { node_id: nodeId },
      sort: [["number", "desc"]],
      limit: perNode,
    });
    return found.filter((command) => isOpen(command, clock.now())).toReversed();
  };

  const markDelivered = async ({ id }: CommandDocument): Promise<void> => {
    const patch = { state: "delivered", delivered_at: clock.now() } as const;
    const marked = await compareAndSet(collection, id, patch, { state: "queued" });
    if (marked.done) tell(marked.document);
  };

  const settle = async (id: string, outcome: "done" | "skipped"): Promise<void> => {
    const patch = { state: "done", outcome, done_at: clock.now() } as const;
    for (const state of ["delivered", "queued"] as const) {
      const settled = await compareAndSet(collection, id, patch, { state });
      if (settled.done) return tell(settled.document);
    }
  };

  /** What was queued while the store was read stays. */
  const forgetUnless = (nodeId: string, open: readonly unknown[], before?: number): void => {
    if (open.length === 0 && waiting.get(nodeId) === before) waiting.delete(nodeId);
  };

  const deliver = async (nodeId: string): Promise<GivenCommand[]> => {
    const before = waiting.get(nodeId);
    const open = await readOpen(nodeId);
    forgetUnless(nodeId, open, before);
    await Promise.all(open.filter(({ state }) => state === "queued").map(markDelivered));
    return open.map(toGiven);
  };

  const areOpen = (): Where<CommandDocument> => ({
    state: { in: ["queued", "delivered"] },
    expires_at: { gt: clock.now() },
  });

  const follow = async (): Promise<void> => {
    const open = await collection.find({ where: areOpen() });
    waiting = new Map(open.map(({ node_id }) => [node_id, queued]));
  };

  await follow();
  return {
    queue: async (wanted) => {
      const verdict = await queue(wanted);
      if (verdict.outcome === "queued") tell(verdict.command);
      if (verdict.outcome !== "refused") waiting.set(wanted.nodeId, (queued += 1));
      return verdict;
    },
    waitsFor: (nodeId) => waiting.has(nodeId),
    deliver,
    report: async (nodeId, reports) => {
      for (const { id, outcome } of reports)
        if (commandNumber(nodeId, id) !== null) await settle(id, outcome);
    },
    list: async (nodeId, request) => {
      const where = { node_id: nodeId };
      return findPage(collection, { where, sort: [["number", "desc"]] }, request);
    },
    listOpen: async (request) =>
      findPage(collection, { where: areOpen(), sort: [["expires_at", "asc"]] }, request),
    follow,
  };
};

/** More than these never wait for one node: the latest say what it should do. */
const perNode = 20;

const toGiven = ({
  id,
  node_id,
  action,
  expires_at,
  signature,
}: CommandDocument): GivenCommand => ({
  id,
  node_id,
  action,
  expires_at,
  signature,
});
