import type { Client } from "@lucid/api/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestNode, type TestNode } from "../testing/index.ts";
import { adminSeed, refusalOf, startTestService, type TestService } from "../testing/service.ts";

let world: TestService;
let admin: Client;
let node: TestNode;
let asNode: Client;

beforeEach(async () => {
  world = await startTestService();
  admin = await world.signIn(adminSeed);
  node = await world.join("one");
  asNode = await world.signIn(node.seed);
});
afterEach(() => world[Symbol.asyncDispose]());

const create = (pool_id: string, more: object = {}) =>
  admin.call("createPool", { body: { pool_id, name: "A pool", ...more } });
const joinBody = (nodeId = node.nodeId) => ({ node_id: nodeId, consent: "work_credits" as const });
const params = { pool_id: "pool_a" };

describe("pools over HTTP", () => {
  it("are made, seen, changed, drained and disbanded", async () => {
    expect(await create("pool_a")).toMatchObject({ status: "active", members: 0, online_bp: null });
    expect(await create("pool_a")).toMatchObject({ pool_id: "pool_a" });
    await create("pool_b", { max_nodes: 3, reward_method: "equal" });
    const { items, pagination } = await world.client.call("listPools", { query: { limit: 1 } });
    expect(items.map(({ pool_id }) => pool_id)).toEqual(["pool_a"]);
    expect(pagination).toMatchObject({ total: 2, has_next: true });
    const beyond = await world.client.call("listPools", { query: { page: 1_000_000 } });
    expect(beyond.items).toEqual([]);
    const drained = { params, body: { state: "draining" as const, name: "Old" } };
    expect(await admin.call("changePool", drained)).toMatchObject({
      status: "draining",
      name: "Old",
    });
    const join = () => asNode.call("joinPool", { params, body: joinBody() });
    await expect(join()).rejects.toThrow("pool_a is draining: nobody joins it while it does");
    await expect(create("pool_a")).rejects.toThrow("exists with other content: change that pool");
    expect(await admin.call("disbandPool", { params })).toMatchObject({ status: "disbanded" });
    await expect(join()).rejects.toThrow("pool_a is disbanded for good: join another pool");
    await expect(create("pool_a")).rejects.toThrow("its id stays taken: choose another one");
    const active = await world.client.call("listPools", { query: { status: "active" } });
    expect(active.items.map(({ pool_id }) => pool_id)).toEqual(["pool_b"]);
  });

  it("show who sits, whether it is online, and where the log says so", async () => {
    await create("pool_a");
    const seat = await asNode.call("joinPool", { params, body: joinBody() });
    expect(seat).toMatchObject({ node_id: node.nodeId, status: "offline", sealed: null });
    const health = () => world.client.call("getPoolHealth", { params });
    expect(await health()).toMatchObject({
      status: "degraded",
      not_online: [{ node_id: node.nodeId, status: "offline" }],
    });
    const { genesis } = world.network;
    const slot = Math.floor((world.clock.now() - genesis.origin_ms) / genesis.slot_ms);
    await world.client.call("sendBeacon", { body: node.beacon(slot) });
    expect(await health()).toMatchObject({ status: "active", online: 1, online_bp: 10_000 });
    await world.goTo(slot + 1, genesis.grace_ms + 1);
    const seated = () => world.client.call("listMembers", { params, query: {} });
    await expect.poll(async () => (await seated()).items[0]?.sealed?.slot).toBe(slot);
    const sits = await world.client.call("listPools", { query: { node_id: node.nodeId } });
    expect(sits.items).toMatchObject([{ pool_id: "pool_a" }]);
    await asNode.call("leavePool", { params: { ...params, node_id: node.nodeId } });
    expect((await seated()).items).toEqual([]);
  });

  it("answer a full pool with its capacity, and find a place for who names none", async () => {
    const other = await world.join("two");
    const asOther = await world.signIn(other.seed);
    await create("pool_a", { max_nodes: 1 });
    await create("pool_b");
    await asNode.call("joinPool", { params, body: joinBody() });
    const full = asOther.call("joinPool", { params, body: joinBody(other.nodeId) });
    await expect(full).rejects.toMatchObject({
      status: 409,
      code: "pools.full",
      problem: { capacity: { max_nodes: 1, free: 0 } },
    });
    const placed = await asOther.call("placeNode", { body: joinBody(other.nodeId) });
    expect(placed.pool_id).toBe("pool_b");
    const moving = { params: { pool_id: "pool_b" }, body: { ...joinBody(), from: "pool_a" } };
    expect(await asNode.call("joinPool", moving)).toMatchObject({ pool_id: "pool_b" });
  });

  it("are changed by operators and joined by nodes and their owners, and by nobody else", async () => {
    await create("pool_a");
    const other = await world.join("two");
    const body = joinBody(other.nodeId);
    const enough = { params, body: joinBody() };
    expect(await refusalOf(asNode.call("joinPool", { params, body }))).toBe("403 access.not_yours");
    expect(await refusalOf(admin.call("joinPool", enough))).toBe("403 access.forbidden");
    expect(await refusalOf(world.client.call("joinPool", enough))).toBe(
      "401 access.unauthenticated",
    );
    expect(await refusalOf(asNode.call("disbandPool", { params }))).toBe("403 access.forbidden");
    await (await world.signIn(other.seed)).call("joinPool", { params, body });
    const theirs = { params: { ...params, node_id: other.nodeId } };
    expect(await refusalOf(asNode.call("leavePool", theirs))).toBe("403 access.not_yours");
    expect(await admin.call("leavePool", theirs)).toMatchObject({ node_id: other.nodeId });
  });

  it("refuse what does not fit, naming the field", async () => {
    const wrong: [object, string][] = [
      [{ name: "P\u043E\u043El" }, "/name"],
      [{ name: "a\nb" }, "/name"],
      [{ name: "" }, "/name"],
      [{ pool_id: "node_a" }, "/pool_id"],
      [{ pool_id: "__proto__" }, "/pool_id"],
      [{ pool_id: "pool_a/0" }, "/pool_id"],
      [{ max_nodes: 101 }, "/max_nodes"],
      [{ reward_method: "mine" }, "/reward_method"],
      [{ owner: "me" }, "/owner"],
    ];
    for (const [change, pointer] of wrong)
      await expect(create("pool_a", change)).rejects.toMatchObject({
        status: 422,
        code: "request.invalid",
        problem: { errors: [{ pointer }] },
      });
  });

  it("know names of prototypes as ids of pools like any other", async () => {
    await create("pool_constructor");
    const at = { params: { pool_id: "pool_constructor" } };
    expect(await asNode.call("joinPool", { ...at, body: joinBody() })).toMatchObject({
      pool_id: "pool_constructor",
    });
    const unknown = world.client.call("getPool", { params: { pool_id: "pool_valueof" } });
    expect(await refusalOf(unknown)).toBe("404 pools.unknown");
    const stranger = createTestNode(world.network, "stranger").nodeId;
    const nobody = await world.client.call("listPools", { query: { node_id: stranger } });
    expect(nobody.items).toEqual([]);
  });
});
