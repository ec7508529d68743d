import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createTestServices,
  testGenesis,
  testNetwork,
  type TestNode,
  type TestServices,
} from "../testing/index.ts";
import { createBeacons } from "./index.ts";

const network = testNetwork(testGenesis({ slots_per_epoch: 60, first_slot: 600 }));
const first = 600;
const forged = "ab".repeat(32);

let services: TestServices;
let node: TestNode;

beforeEach(async () => {
  services = await createTestServices({ network });
  node = await services.enrol("a");
  await services.goTo(first + 1);
  await services.beacons.commit(node.commitment(10), { failures: 0 });
});
afterEach(() => services[Symbol.asyncDispose]());

const verdictOf = async (
  message: Parameters<TestServices["beacons"]["accept"]>[0],
  connection = { failures: 0 },
) => (await services.beacons.accept(message, connection)).verdict;

describe("a gap of more than 32 slots", () => {
  it("needs the node's signature over this beacon", async () => {
    expect(await verdictOf(node.beacon(first + 1))).toBe("accepted");
    await services.goTo(first + 35);
    expect(await verdictOf(node.beacon(first + 35))).toBe("gap_unsigned");
    const { signature } = node.signedBeacon(first + 34);
    expect(await verdictOf({ ...node.beacon(first + 35), signature })).toBe("gap_unsigned");
    expect(await verdictOf(node.signedBeacon(first + 35))).toBe("accepted");
  });

  it("of exactly 32 needs none", async () => {
    expect(await verdictOf(node.beacon(first + 1))).toBe("accepted");
    await services.goTo(first + 33);
    expect(await verdictOf(node.beacon(first + 33))).toBe("accepted");
  });
});

describe("forged beacons", () => {
  it("use up the connection they came over and nobody else's", async () => {
    const attacker = { failures: 0 };
    const message = { node_id: node.nodeId, slot: first + 1, reveal: forged };
    const verdicts = [];
    for (let i = 0; i < 40; i++) verdicts.push(await verdictOf(message, attacker));
    expect(verdicts.filter((verdict) => verdict === "wrong_reveal")).toHaveLength(32);
    expect(verdicts.filter((verdict) => verdict === "limited")).toHaveLength(8);
    expect(await verdictOf(node.beacon(first + 1))).toBe("accepted");
  });

  it("by the thousand, each over a connection of its own, keep out no node", async () => {
    const message = { node_id: node.nodeId, slot: first + 1, reveal: forged };
    const flood = Array.from({ length: 2000 }, () => verdictOf(message));
    expect(await verdictOf(node.beacon(first + 1))).toBe("accepted");
    expect(new Set(await Promise.all(flood))).toEqual(new Set(["wrong_reveal"]));
  });

  it("with forged signatures are rationed, except for whoever has proven a key", async () => {
    const { documents, registry, maintenance, clock, events } = services;
    const log = (await import("@lucid/platform/log")).createLog({ level: "silent", name: "test" });
    const beacons = await createBeacons(
      { documents, network, registry, maintenance, clock, log, events },
      { failuresPerSecond: 3 },
    );
    await services.goTo(first + 35);
    const signature = "00".repeat(64);
    const forge = async () =>
      (await beacons.accept({ ...node.beacon(first + 35), signature }, { failures: 0 })).verdict;
    const verdicts = [];
    for (let i = 0; i < 5; i++) verdicts.push(await forge());
    expect(verdicts).toEqual([
      ...Array.from({ length: 3 }, () => "gap_unsigned"),
      "limited",
      "limited",
    ]);
    await services.clock.advance(400);
    expect(await forge()).toBe("gap_unsigned");
    await services.clock.advance(400);
    const honest = await beacons.accept(node.signedBeacon(first + 35), { failures: 0 });
    expect(honest.verdict).toBe("accepted");
  });
});
