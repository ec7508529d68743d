import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createKillSwitch, HARMS } from "../testing/kill-switch.ts";
import { addPool, createPoolWorld, type PoolWorld } from "../testing/pool-world.ts";
import type { Pools } from "./index.ts";

const alive = new AbortController().signal;
const poolIds = ["pool_a", "pool_b", "pool_c"];

const deed = fc.record({
  kind: fc.constantFrom("join", "join", "move", "move", "leave", "place", "drain", "end", "seal"),
  node: fc.nat({ max: 5 }),
  pool: fc.nat({ max: 2 }),
  /** Which of its writes is harmed. */
  at: fc.nat({ max: 7 }),
  harm: fc.constantFrom(...HARMS),
});
type Deed = Parameters<Parameters<typeof deed.map>[0]>[0];

const carryOut = async (world: PoolWorld, pools: Pools, { kind, node, pool }: Deed) => {
  const nodeId = world.nodes[node] ?? "";
  const poolId = poolIds[pool] ?? "";
  const request = { nodeId, consent: pool === 2 ? "equal" : "work_credits" } as const;
  switch (kind) {
    case "join":
      return pools.join(poolId, request);
    case "move":
      return pools.join(poolId, { ...request, from: (await pools.seatOf(nodeId))?.pool_id });
    case "leave":
      return pools.leave(poolId, nodeId);
    case "place":
      return pools.place(request);
    case "drain":
      return pools.change(poolId, { state: node % 2 === 0 ? "draining" : "active" });
    case "end":
      return node === 0 ? pools.disband(poolId) : null;
    case "seal":
      break;
  }
  await world.seal(pools, 1 + node);
  return null;
};

const poolPlan = (n: number) => ({
  maxNodes: 1 + n,
  ...(n === 2 && { rewardMethod: "equal" as const }),
});

/** Who sits, by the store. */
const sitting = async (pools: Pools): Promise<Map<string, string>> => {
  const all = await Promise.all(poolIds.map((poolId) => pools.members(poolId)));
  return new Map(all.flat().map(({ node_id, pool_id, seat }) => [node_id, `${pool_id}/${seat}`]));
};

/** The deed in a process that dies of it or loses an answer, and what the next process makes of that. */
const survive = async (world: PoolWorld, done: Deed): Promise<void> => {
  const before = await sitting(world.start());
  const killer = createKillSwitch(done);
  const process = world.start(killer.documents(world.store));
  await carryOut(world, process, done).catch((error: unknown) => {
    if (!killer.isDead) throw error;
  });
  const pools = world.start();
  await pools.tidy(alive);
  const after = await sitting(pools);
  const mayLose = done.kind === "leave" || done.kind === "end";
  for (const node of before.keys()) if (!mayLose) expect(after.has(node)).toBe(true);
  expect(new Set(after.values()).size).toBe(after.size);
  const kept = await Promise.all(world.nodes.map((nodeId) => pools.seatOf(`moving:${nodeId}`)));
  expect(kept.filter((seat) => seat !== null)).toEqual([]);
};

const seatsByLog = (world: PoolWorld): Map<string, string> =>
  new Map(
    Array.from(world.replay().members(), ([node, { pool_id, seat }]) => [
      node,
      `${pool_id}/${seat}`,
    ]),
  );

it("no crash seats a node twice, overfills a pool, loses a member, or lets the log say otherwise", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 14 }), async (deeds) => {
      await using world = await createPoolWorld(6);
      const first = world.start();
      for (const [n, poolId] of poolIds.entries()) await addPool(first, poolId, poolPlan(n));
      for (const done of deeds) {
        await survive(world, done);
        for (const [n, poolId] of poolIds.entries())
          expect((await first.members(poolId)).length).toBeLessThanOrEqual(1 + n);
        expect(() => world.replay()).not.toThrow();
      }
      const last = world.start();
      for (let block = 0; block < 4; block++) await world.seal(last);
      expect(seatsByLog(world)).toEqual(await sitting(last));
      const told = await last.membersBefore(Number.MAX_SAFE_INTEGER / 10_000);
      expect(new Set(told.keys())).toEqual(new Set(seatsByLog(world).keys()));
    }),
    { numRuns: 60 },
  );
});
