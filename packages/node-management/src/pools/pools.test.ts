import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addPool, createPoolWorld, type PoolWorld } from "../testing/pool-world.ts";
import { seatCollection } from "./documents.ts";
import type { Pools, SeatVerdict } from "./contract.ts";

const alive = new AbortController().signal;

let world: PoolWorld;
let pools: Pools;
let a: string;
let b: string;

beforeEach(async () => {
  world = await createPoolWorld(12);
  pools = world.start();
  [a = "", b = ""] = world.nodes;
});
afterEach(() => world[Symbol.asyncDispose]());

const join = (poolId: string, nodeId: string, from?: string): Promise<SeatVerdict> =>
  pools.join(poolId, { nodeId, consent: "work_credits", from });
const membersOf = async (poolId: string): Promise<string[]> =>
  (await pools.members(poolId)).map(({ node_id }) => node_id);
const sealAll = async (): Promise<number> => {
  let blocks = 0;
  while ((await world.seal(pools)).length > 0) blocks += 1;
  return blocks;
};

describe("a pool", () => {
  it("is found when it is asked for again, and refused with other content", async () => {
    const plan = { poolId: "pool_a", name: "A" };
    expect(await pools.create(plan)).toMatchObject({
      outcome: "created",
      pool: { max_nodes: 100, reward_method: "work_credits", placement: "least_loaded" },
    });
    expect(await pools.create(plan)).toMatchObject({ outcome: "found" });
    expect(await pools.create({ ...plan, name: "B" })).toMatchObject({ code: "pools.exists" });
    expect(await pools.create({ ...plan, poolId: "pool_b", maxNodes: 101 })).toMatchObject({
      code: "pools.max_nodes",
    });
  });

  it("gets more seats and never less", async () => {
    await addPool(pools, "pool_a", { maxNodes: 3 });
    expect(await pools.change("pool_a", { maxNodes: 2 })).toMatchObject({
      code: "pools.max_nodes",
    });
    expect(await pools.change("pool_a", { maxNodes: 4, name: "four" })).toMatchObject({
      pool: { max_nodes: 4, name: "four" },
    });
  });

  it("takes nobody while it drains, keeps its members, and may be opened again", async () => {
    await addPool(pools, "pool_a");
    await join("pool_a", a);
    await pools.change("pool_a", { state: "draining" });
    expect(await join("pool_a", b)).toMatchObject({ code: "pools.draining" });
    expect(await join("pool_a", a)).toMatchObject({ outcome: "found" });
    expect(await membersOf("pool_a")).toEqual([a]);
    await pools.change("pool_a", { state: "active" });
    expect(await join("pool_a", b)).toMatchObject({ outcome: "joined" });
  });

  it("is emptied and disbanded for good", async () => {
    await addPool(pools, "pool_a");
    await join("pool_a", a);
    expect(await pools.disband("pool_a")).toMatchObject({ pool: { state: "disbanded" } });
    expect(await pools.disband("pool_a")).toMatchObject({ outcome: "found" });
    expect(await membersOf("pool_a")).toEqual([]);
    expect(await join("pool_a", a)).toMatchObject({ code: "pools.draining" });
    expect(await pools.change("pool_a", { state: "active" })).toMatchObject({
      code: "pools.draining",
    });
  });
});

describe("a seat", () => {
  it("is found by whoever sits there, and refused where all are taken", async () => {
    await addPool(pools, "pool_a", { maxNodes: 1 });
    expect(await join("pool_a", a)).toMatchObject({ outcome: "joined", seat: { seat: 0 } });
    expect(await join("pool_a", a)).toMatchObject({ outcome: "found" });
    expect(await join("pool_a", b)).toMatchObject({
      code: "pools.full",
      extensions: { capacity: { max_nodes: 1, free: 0 } },
    });
    expect(await pools.leave("pool_a", b)).toMatchObject({ code: "pools.not_member" });
    expect(await pools.leave("pool_a", a)).toMatchObject({ outcome: "left" });
    expect(await join("pool_a", b)).toMatchObject({ outcome: "joined" });
  });

  it("is one of one pool: another is moved to, by saying from where", async () => {
    await addPool(pools, "pool_a");
    await addPool(pools, "pool_b", { maxNodes: 1 });
    await join("pool_a", a);
    expect(await join("pool_b", a)).toMatchObject({ code: "pools.seated" });
    expect(await join("pool_b", a, "pool_a")).toMatchObject({ outcome: "moved" });
    expect(await join("pool_b", a, "pool_a")).toMatchObject({ outcome: "found" });
    expect([await membersOf("pool_a"), await membersOf("pool_b")]).toEqual([[], [a]]);
    await join("pool_a", b);
    expect(await join("pool_b", b, "pool_a")).toMatchObject({ code: "pools.full" });
    expect(await membersOf("pool_a")).toEqual([b]);
    expect(await pools.seatOf(b)).toMatchObject({ pool_id: "pool_a" });
  });

  it("carries the consent that its node gave, whatever the pool becomes", async () => {
    await addPool(pools, "pool_a", { rewardMethod: "equal" });
    expect(await join("pool_a", a)).toMatchObject({ code: "pools.consent" });
    await pools.join("pool_a", { nodeId: a, consent: "equal" });
    await pools.change("pool_a", { rewardMethod: "work_credits" });
    expect(await pools.seatOf(a)).toMatchObject({ consent: "equal" });
    expect(await join("pool_a", a)).toMatchObject({ outcome: "changed" });
    expect(await pools.seatOf(a)).toMatchObject({ consent: "work_credits" });
  });

  it.each([
    ["joins", undefined],
    ["moves", "pool_b"],
  ])("is given back by a node that %s while its pool is disbanded", async (_, from) => {
    await addPool(pools, "pool_a");
    await addPool(pools, "pool_b");
    if (from !== undefined) await join(from, a);
    const real = world.store.collection(seatCollection);
    const insert: typeof real.insert = async (seat) => {
      await pools.disband("pool_a");
      return real.insert(seat);
    };
    const late = world.start({
      collection: (definition) =>
        (definition.name === seatCollection.name
          ? { ...real, insert }
          : world.store.collection(definition)) as never,
    });
    const verdict = await late.join("pool_a", { nodeId: a, consent: "work_credits", from });
    expect(verdict).toMatchObject({ code: "pools.draining" });
    expect(await membersOf("pool_a")).toEqual([]);
    expect((await pools.seatOf(a))?.pool_id).toBe(from);
  });

  it("is for enrolled nodes, and freed when its node has retired", async () => {
    await addPool(pools, "pool_a");
    expect(await join("pool_a", "constructor")).toMatchObject({ code: "nodes.unknown" });
    expect(await join("pool_constructor", a)).toMatchObject({ code: "pools.unknown" });
    await join("pool_a", a);
    world.retired.add(a);
    expect(await join("pool_a", a)).toMatchObject({ code: "nodes.standing" });
    await pools.tidy(alive);
    expect(await membersOf("pool_a")).toEqual([]);
  });
});

describe("a place for a node that names no pool", () => {
  const place = (nodeId: string, consent: "equal" | "work_credits" = "work_credits") =>
    pools.place({ nodeId, consent });

  it("is in the pool with the least load that pays as the node agrees to", async () => {
    expect(await place(a)).toMatchObject({ code: "pools.none" });
    await addPool(pools, "pool_a", { maxNodes: 4 });
    await addPool(pools, "pool_b", { maxNodes: 2 });
    await addPool(pools, "pool_c", { maxNodes: 9, rewardMethod: "equal" });
    const placed = [];
    for (const nodeId of world.nodes.slice(0, 6)) placed.push(await place(nodeId));
    expect(placed.map((verdict) => "seat" in verdict && verdict.seat.pool_id)).toEqual([
      "pool_a",
      "pool_b",
      "pool_a",
      "pool_a",
      "pool_b",
      "pool_a",
    ]);
    expect(await place(world.nodes[7] ?? "")).toMatchObject({ code: "pools.none" });
    expect(await place(a)).toMatchObject({ outcome: "found", seat: { pool_id: "pool_a" } });
    expect(await place(world.nodes[7] ?? "", "equal")).toMatchObject({
      seat: { pool_id: "pool_c" },
    });
  });

  it("is where the members' scores sum up to less, for a weighted pool", async () => {
    await addPool(pools, "pool_a", { maxNodes: 4, placement: "weighted" });
    await addPool(pools, "pool_b", { maxNodes: 4, placement: "weighted" });
    const [, , c = "", d = ""] = world.nodes;
    world.scores.set(a, 9000).set(b, 2000).set(c, 3000);
    await join("pool_a", a);
    await join("pool_b", b);
    await join("pool_b", c);
    expect(await place(d)).toMatchObject({ seat: { pool_id: "pool_b" } });
  });
});

describe("what the log is told", () => {
  it("is each join and leave once, in force for epochs that begin after its block", async () => {
    await addPool(pools, "pool_a");
    await join("pool_a", a);
    const firstSlot = world.network.genesis.first_slot;
    const seat = await pools.seatOf(a);
    expect(seat && (await pools.sealedSlot(seat))).toBeNull();
    expect(await world.seal(pools)).toEqual([
      { pool_id: "pool_a", seat: seat?.seat, node_id: a, consent: "work_credits" },
    ]);
    expect(await world.seal(pools)).toEqual([]);
    expect(seat && (await pools.sealedSlot(seat))).toBe(firstSlot);
    expect((await pools.membersBefore(firstSlot)).has(a)).toBe(false);
    expect((await pools.membersBefore(firstSlot + 1)).get(a)).toMatchObject({ pool_id: "pool_a" });
    await pools.leave("pool_a", a);
    expect(await world.seal(pools)).toEqual([{ pool_id: "pool_a", seat: seat?.seat }]);
    expect((await pools.membersBefore(firstSlot + 2)).has(a)).toBe(true);
    expect((await pools.membersBefore(firstSlot + 3)).has(a)).toBe(false);
  });

  it("is nothing of who came and went within a slot, and a move as two blocks", async () => {
    await addPool(pools, "pool_a", { maxNodes: 1 });
    await addPool(pools, "pool_b");
    await join("pool_a", a);
    await pools.leave("pool_a", a);
    expect(await sealAll()).toBe(0);
    await join("pool_a", a);
    await sealAll();
    await join("pool_b", a, "pool_a");
    await join("pool_a", b);
    expect(await sealAll()).toBe(2);
    expect(world.replay().seatOf(a)).toMatchObject({ pool_id: "pool_b" });
    expect(world.replay().seatOf(b)).toMatchObject({ pool_id: "pool_a", seat: 0 });
  });

  it("is told by another process after the first died before it noted what it sealed", async () => {
    await addPool(pools, "pool_a");
    await join("pool_a", a);
    await world.seal(pools);
    const other = world.start();
    await pools.leave("pool_a", a);
    await world.seal(other);
    await join("pool_a", b);
    await world.seal(pools);
    expect([...world.replay().members().keys()]).toEqual([b]);
  });
});
