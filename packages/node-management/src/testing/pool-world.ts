import type { Documents } from "@lucid/platform/documents";
import { createTestClock, type TestClock } from "@lucid/platform/clock";
import { createEvents } from "@lucid/platform/events";
import { compareBytes, createSeating, recordLeaf, type Seat, type Seating } from "@lucid/protocol";
import { createPools, type Pools } from "../pools/index.ts";
import type { Network } from "../shared/network.ts";
import { createTestNode, testNetwork } from "./network.ts";
import { openTestStore } from "./store.ts";

export type PoolWorld = AsyncDisposable & {
  readonly network: Network;
  readonly clock: TestClock;
  readonly store: Documents;
  /** Ids of enrolled nodes. */
  readonly nodes: readonly string[];
  /** Nodes that have retired. */
  readonly retired: Set<string>;
  /** Basis points by node. */
  readonly scores: Map<string, number>;
  /** Pools as one process sees them, on whatever stands between it and the store. */
  start(documents?: Pick<Documents, "collection">): Pools;
  /** Marks what a crash left unmarked and seals the records of the next slot, at most so many, as a process would. */
  seal(pools: Pools, most?: number): Promise<readonly Seat[]>;
  /** Who sits where by all that was sealed, as an auditor finds it; throws at what cannot stand. */
  replay(): Seating;
};

/** Pools on a store, in memory unless given, with `count` nodes that anyone's process knows. */
export const createPoolWorld = async (count: number, given?: Documents): Promise<PoolWorld> => {
  await using stack = new AsyncDisposableStack();
  const store = given ?? stack.use(await openTestStore());
  const network = testNetwork();
  const clock = createTestClock(1_800_000_000_000);
  const retired = new Set<string>();
  const scores = new Map<string, number>();
  const nodes = Array.from({ length: count }, (_, n) => createTestNode(network, `${n}`).nodeId);
  const known = new Set(nodes);
  const blocks: Seat[][] = [];
  /** So many blocks are marked. */
  let marked = 0;

  const registry = {
    find: async (nodeId: string) => (known.has(nodeId) ? ({ nodeId } as never) : null),
    latestChange: (nodeId: string) =>
      ({ standing: retired.has(nodeId) ? "retired" : "active" }) as never,
  };
  const left = stack.move();
  return {
    network,
    clock,
    store,
    nodes,
    retired,
    scores,
    start: (documents = store) =>
      createPools({
        documents,
        network,
        clock,
        registry,
        events: createEvents<never>(),
        scoresOf: async (nodeIds) => nodeIds.map((nodeId) => scores.get(nodeId) ?? null),
      }),
    seal: async (pools, most = Infinity) => {
      await clock.advance(1000);
      const [source] = pools.sources;
      if (source?.type !== "seat") throw new Error("pools have another source first");
      const endMs = clock.now();
      const mark = async (): Promise<void> => {
        for (; marked < blocks.length; marked++)
          await source.mark(network.genesis.first_slot + marked, blocks[marked] ?? []);
      };
      await mark();
      const slot = network.genesis.first_slot + blocks.length;
      const all = await source.collect({ slot, startMs: endMs - 1000, endMs, closesMs: endMs });
      const records = inBodyOrder(all).slice(0, most);
      blocks.push(records);
      await mark();
      return records;
    },
    replay: () => {
      const seating = createSeating(network.genesis);
      for (const record of blocks.flat()) {
        const problem = seating.apply(record);
        if (problem !== null) throw new Error(problem.detail);
      }
      return seating;
    },
    [Symbol.asyncDispose]: () => left.disposeAsync(),
  };
};

const inBodyOrder = (records: readonly Seat[]): Seat[] =>
  records.toSorted((x, y) => compareBytes(recordLeaf("seat", x), recordLeaf("seat", y)));

/** A pool with so many seats, in place unless it is refused. */
export const addPool = async (
  pools: Pools,
  poolId: string,
  more: { maxNodes?: number; rewardMethod?: "equal"; placement?: "weighted" } = {},
): Promise<void> => {
  const verdict = await pools.create({ poolId, name: poolId, ...more });
  if (verdict.outcome === "refused") throw new Error(verdict.detail);
};
