import type { Client } from "@lucid/api/client";
import { checkCommand } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TestNode } from "../testing/index.ts";
import { adminSeed, refusalOf, startTestService, type TestService } from "../testing/service.ts";

let world: TestService;
let admin: Client;
let node: TestNode;
let asNode: Client;
let params: { node_id: string };

beforeEach(async () => {
  world = await startTestService();
  admin = await world.signIn(adminSeed);
  node = await world.join("one");
  asNode = await world.signIn(node.seed);
  params = { node_id: node.nodeId };
});
afterEach(() => world[Symbol.asyncDispose]());

const slotNow = (): number => {
  const { origin_ms, slot_ms } = world.network.genesis;
  return Math.floor((world.clock.now() - origin_ms) / slot_ms);
};
const beacon = () => world.client.call("sendBeacon", { body: node.beacon(slotNow()) });

describe("commands over HTTP", () => {
  it("go from the operator to the node with the reply to its beacon, and come back as done", async () => {
    expect(await beacon()).not.toHaveProperty("commands");
    const queued = await admin.call("stopNode", { params, body: {} });
    expect(queued).toMatchObject({ state: "queued", outcome: null, action: "stop" });
    const open = async () => (await admin.call("listOpenCommands", { query: {} })).items;
    expect(await open()).toEqual([queued]);
    await world.goTo(slotNow() + 1);
    const { commands = [] } = await beacon();
    const { genesis, networkId } = world.network;
    const scene = { nodeId: node.nodeId, networkKey: genesis.network_key, lastNumber: -1 };
    expect(checkCommand(networkId, commands[0], { ...scene, nowMs: world.clock.now() })).toEqual({
      ok: true,
    });
    const seen = async () => (await admin.call("listCommands", { params })).items[0];
    expect(await seen()).toMatchObject({ id: queued.id, state: "delivered" });
    const done = [{ id: queued.id, outcome: "done" as const }];
    expect(await asNode.call("pollCommands", { params, body: { done } })).toEqual({ commands: [] });
    expect(await seen()).toMatchObject({ state: "done", outcome: "done" });
    expect(await open()).toEqual([]);
    await world.goTo(slotNow() + 1);
    expect(await beacon()).not.toHaveProperty("commands");
    const { items } = await admin.call("listAudit", { query: {} });
    expect(items.map(({ operation }) => operation)).toContain("stopNode");
  });

  it("are asked by people alone, and read by the node itself and by no other node", async () => {
    expect(await refusalOf(asNode.call("stopNode", { params, body: {} }))).toBe(
      "403 access.forbidden",
    );
    expect(await refusalOf(world.client.call("listCommands", { params }))).toBe(
      "401 access.unauthenticated",
    );
    const other = await world.join("two");
    const asOther = await world.signIn(other.seed);
    const poll = { params, body: { done: [] } };
    expect(await refusalOf(asOther.call("pollCommands", poll))).toBe("403 access.not_yours");
    expect(await refusalOf(admin.call("stopNode", { params, body: { expires_in: 9 } }))).toBe(
      "422 request.invalid",
    );
  });

  it("are announced as maintenance by the node, refused with the field, and shown to anyone", async () => {
    const announce = (body: object) => asNode.call("announceMaintenance", { params, body });
    const from_slot = slotNow() + 2;
    const announced = await announce({ from_slot, to_slot: from_slot + 1 });
    expect(announced).toMatchObject({ state: "announced", sealed: null });
    const { items } = await world.client.call("listMaintenance", { params });
    expect(items).toEqual([announced]);
    const refusals = [
      announce({ to_slot: from_slot }),
      announce({ from_slot: from_slot - 1, to_slot: from_slot }),
      announce({ from_slot: from_slot + 1, to_slot: from_slot + 4 }),
    ];
    expect(await Promise.all(refusals.map(refusalOf))).toEqual([
      "422 maintenance.span",
      "409 maintenance.late",
      "409 maintenance.too_much",
    ]);
    await world.goTo(from_slot, 100);
    const status = () => world.client.call("getNode", { params }).then((view) => view.status);
    await expect.poll(status).toBe("maintenance");
  });
});

describe("resources over HTTP", () => {
  it("are sent by the node, shown to those whom it concerns, and watched", async () => {
    const sample = {
      at: new Date(world.clock.now()).toISOString(),
      cpu_bp: 1234,
      memory: { used_bytes: 750, total_bytes: 1000 },
      unknown: [{ metric: "disk" as const, reason: "not mounted" }],
    };
    const samples = { params, body: { samples: [sample] } };
    expect(await asNode.call("sendResources", samples)).toEqual({ stored: 1, ignored: 0 });
    const seen = await admin.call("getResources", { params, query: { range: "6h" } });
    expect(seen).toMatchObject({ range: "6h", granularity: "5m", latest: sample });
    expect(seen.points).toMatchObject([
      { cpu_bp: { mean: 1234, samples: 1 }, memory_bp: { mean: 7500 }, disk_bp: null },
    ]);
    expect(await refusalOf(world.client.call("getResources", { params }))).toBe(
      "401 access.unauthenticated",
    );
    expect(await refusalOf(admin.call("sendResources", samples))).toBe("403 access.forbidden");
    const thresholds = await asNode.call("setThresholds", { params, body: { cpu_bp: 5000 } });
    expect(thresholds).toMatchObject({ cpu_bp: 5000, disk_bp: 8500, for_seconds: 300 });
    expect(await admin.call("listAlerts", { params })).toEqual({ ...params, items: [] });
  });
});
