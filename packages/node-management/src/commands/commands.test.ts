import type { NetworkEvent } from "@lucid/api";
import { checkCommand, slotStart } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, type TestNode, type TestServices } from "../testing/index.ts";

let services: TestServices;
let node: TestNode;
beforeEach(async () => {
  services = await createTestServices();
  node = await services.enrol("one");
  await services.goTo(services.network.genesis.first_slot + 1);
});
afterEach(() => services[Symbol.asyncDispose]());

const ask = (action: "start" | "stop" | "restart", expiresInMs = 60_000) =>
  services.commands.queue({ nodeId: node.nodeId, action, expiresInMs });
const idOf = (verdict: Awaited<ReturnType<typeof ask>>): string =>
  verdict.outcome === "refused" ? verdict.code : verdict.command.id;
const states = async () =>
  (await services.commands.list(node.nodeId, {})).items.map(({ state }) => state);

describe("commands", () => {
  it("are queued, delivered again and again until the node reports, and then never again", async () => {
    const { commands, events } = services;
    const told: NetworkEvent[] = [];
    events.subscribe((event) => void told.push(event));
    const id = idOf(await ask("stop"));
    expect(await states()).toEqual(["queued"]);
    for (const _ of [1, 2])
      expect(await commands.deliver(node.nodeId)).toMatchObject([{ id, action: "stop" }]);
    expect(await states()).toEqual(["delivered"]);
    await commands.report(node.nodeId, [{ id, outcome: "done" }]);
    await commands.report(node.nodeId, [{ id, outcome: "skipped" }]);
    const { items } = await commands.list(node.nodeId, {});
    expect(items).toMatchObject([{ state: "done", outcome: "done" }]);
    expect(await commands.deliver(node.nodeId)).toEqual([]);
    expect(commands.waitsFor(node.nodeId)).toBe(false);
    const news = { type: "command", command_id: id, node_id: node.nodeId, action: "stop" };
    expect(told).toEqual(["queued", "delivered", "done"].map((state) => ({ ...news, state })));
  });

  it("carry what a node checks: the network key's signature, the node, the expiry", async () => {
    await ask("restart");
    const [given] = await services.commands.deliver(node.nodeId);
    const { genesis, networkId } = services.network;
    const scene = { nodeId: node.nodeId, networkKey: genesis.network_key, lastNumber: -1 };
    const judge = (nowMs: number) => checkCommand(networkId, given, { ...scene, nowMs });
    expect(judge(services.clock.now())).toEqual({ ok: true });
    expect(judge(services.clock.now() + 60_000)).toMatchObject({ code: "expired" });
  });

  it("are found while the same is asked already, and ascend also within one moment", async () => {
    const stop = await ask("stop");
    const again = await ask("stop");
    expect([again.outcome, idOf(again)]).toEqual(["found", idOf(stop)]);
    const start = await ask("start");
    const stopAgain = await ask("stop");
    expect(start.outcome).toBe("queued");
    expect(stopAgain.outcome).toBe("queued");
    const given = await services.commands.deliver(node.nodeId);
    expect(given.map(({ action }) => action)).toEqual(["stop", "start", "stop"]);
    const numbers = given.map(({ id }) => Number(id.split("#")[1]));
    expect(new Set(numbers).size).toBe(3);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it("expire, and then nothing is delivered", async () => {
    await ask("stop", 10_000);
    await services.clock.advance(10_000);
    expect(await services.commands.deliver(node.nodeId)).toEqual([]);
    expect(services.commands.waitsFor(node.nodeId)).toBe(false);
  });

  it("are settled by their own node alone", async () => {
    const id = idOf(await ask("stop"));
    const other = await services.enrol("two");
    await services.commands.report(other.nodeId, [{ id, outcome: "done" }]);
    expect(await states()).toEqual(["queued"]);
  });

  it("are not taken for a node that asks for nothing, or that is none", async () => {
    const wanted = { standing: "suspended", reason: "test", by: "operator" } as const;
    await services.registry.changeStanding(node.nodeId, wanted);
    await services.clock.advance(
      slotStart(services.network.genesis, 1) - slotStart(services.network.genesis, 0),
    );
    expect(idOf(await ask("stop"))).toBe("nodes.not_active");
    const unknown = { nodeId: `node_${"a".repeat(32)}`, action: "stop", expiresInMs: 1 } as const;
    expect(await services.commands.queue(unknown)).toMatchObject({ code: "nodes.unknown" });
  });

  it("are known after a restart, and to another replica once it follows", async () => {
    const other = await services.replica("other");
    await ask("stop");
    expect(other.commands.waitsFor(node.nodeId)).toBe(false);
    await other.commands.follow();
    expect(other.commands.waitsFor(node.nodeId)).toBe(true);
    expect((await services.restarted()).commands.waitsFor(node.nodeId)).toBe(true);
  });

  it("are queued once when replicas are asked the same at the same time", async () => {
    const other = await services.replica("other");
    const wanted = { nodeId: node.nodeId, action: "stop", expiresInMs: 60_000 } as const;
    const verdicts = await Promise.all(
      Array.from({ length: 6 }, (_, i) => (i % 2 === 0 ? services : other).commands.queue(wanted)),
    );
    expect(new Set(verdicts.map(idOf)).size).toBe(1);
    expect(verdicts.filter(({ outcome }) => outcome === "queued")).toHaveLength(1);
  });
});
