import { type Documents, openDocuments } from "@lucid/platform/documents";
import { describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../platform/src/documents/mongodb/testing/server.ts";
import { serverUri } from "../../../platform/src/documents/mongodb/testing/server-uri.ts";
import { addPool, createPoolWorld } from "../testing/pool-world.ts";
import { openTestStore } from "../testing/store.ts";
import { type Pools, poolsCollections } from "./index.ts";

/** Two processes' ways to one store. */
type Engine = { name: string; open(stack: AsyncDisposableStack): Promise<[Documents, Documents]> };

const sqlite: Engine = {
  name: "SQLite",
  open: async (stack) => {
    const store = stack.use(await openTestStore());
    return [store, store];
  },
};

const mongo: Engine = {
  name: "MongoDB",
  open: async (stack) => {
    const { uri } = stack.use(createTestDatabase(serverUri ?? ""));
    const client = async () =>
      stack.use(await openDocuments({ engine: "mongodb", uri }, poolsCollections));
    return [await client(), await client()];
  },
};

describe.each([sqlite, ...(serverUri === null ? [] : [mongo])])("on $name", (engine) => {
  const race = async (
    nodes: number,
    maxNodes: number,
    ask: (pools: Pools, nodeId: string, n: number) => Promise<{ outcome: string }>,
  ) => {
    await using stack = new AsyncDisposableStack();
    const [one, two] = await engine.open(stack);
    const world = stack.use(await createPoolWorld(nodes, one));
    const replicas = [world.start(one), world.start(two)] as const;
    await addPool(replicas[0], "pool_a", { maxNodes });
    await addPool(replicas[0], "pool_b");
    const verdicts = await Promise.all(
      world.nodes.map((nodeId, n) => ask(replicas[n % 2 === 0 ? 0 : 1], nodeId, n)),
    );
    const outcomes = Map.groupBy(verdicts, (verdict) =>
      "code" in verdict ? String(verdict.code) : verdict.outcome,
    );
    const members = await replicas[1].members("pool_a");
    return {
      outcomes: new Map(Array.from(outcomes, ([outcome, list]) => [outcome, list.length])),
      members: new Set(members.map(({ node_id }) => node_id)).size,
    };
  };
  const consent = "work_credits" as const;

  it("two hundred that join for one seat let exactly one in", async () => {
    const { outcomes, members } = await race(200, 1, (pools, nodeId) =>
      pools.join("pool_a", { nodeId, consent }),
    );
    expect(outcomes).toEqual(
      new Map([
        ["joined", 1],
        ["pools.full", 199],
      ]),
    );
    expect(members).toBe(1);
  });

  it("forty that join and move for ten seats fill them, and nobody else loses its own", async () => {
    const { outcomes, members } = await race(40, 10, async (pools, nodeId, n) => {
      if (n % 2 === 0) return pools.join("pool_a", { nodeId, consent });
      await pools.join("pool_b", { nodeId, consent });
      const verdict = await pools.join("pool_a", { nodeId, consent, from: "pool_b" });
      const seat = await pools.seatOf(nodeId);
      expect(seat?.pool_id).toBe(verdict.outcome === "moved" ? "pool_a" : "pool_b");
      return verdict;
    });
    expect(members).toBe(10);
    expect((outcomes.get("joined") ?? 0) + (outcomes.get("moved") ?? 0)).toBe(10);
    expect(outcomes.get("pools.full")).toBe(30);
  });

  it("nobody is left in a pool that is disbanded while they join", async () => {
    const { outcomes, members } = await race(30, 100, (pools, nodeId, n) =>
      n === 15 ? pools.disband("pool_a") : pools.join("pool_a", { nodeId, consent }),
    );
    expect(members).toBe(0);
    expect(outcomes.get("changed")).toBe(1);
  });
});
