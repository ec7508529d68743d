import { equivocationCollection } from "./documents.ts";
import { countBits, getBit } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createTestNode,
  createTestServices,
  type TestNode,
  type TestServices,
} from "../testing/index.ts";
import { acceptedIn } from "../testing/presence.ts";

const first = 450;
const epoch = 30;
const connection = () => ({ failures: 0 });

let services: TestServices;
let node: TestNode;

const send = async (slot: number, by: TestNode = node) =>
  (await services.beacons.accept(by.beacon(slot), connection())).verdict;
const commit = async (to = epoch, by: TestNode = node) =>
  services.beacons.commit(by.commitment(to), connection());

beforeEach(async () => {
  services = await createTestServices();
  node = await services.enrol("a");
  await services.goTo(first + 1);
});
afterEach(() => services[Symbol.asyncDispose]());

describe("beacons", () => {
  it("are accepted once, in their slot and the grace after it", async () => {
    await commit();
    expect(await send(first + 2)).toBe("early");
    expect(await send(first + 1)).toBe("accepted");
    expect(await send(first + 1)).toBe("duplicate");
    await services.goTo(first + 3, 399);
    expect(await send(first + 2)).toBe("accepted");
    await services.goTo(first + 4, 400);
    expect(await send(first + 3)).toBe("late");
    expect(await send(first + 1)).toBe("stale");
    expect(await send(first + 2)).toBe("duplicate");
  });

  it("need a node, an active standing and a commitment", async () => {
    const stranger = createTestNode(services.network, "stranger");
    expect(await send(first + 1, stranger)).toBe("unknown_node");
    expect(await send(first + 1)).toBe("no_commitment");
    const late = await services.enrol("late");
    expect(await send(first + 1, late)).toBe("not_active");
  });

  it("may change order inside open slots", async () => {
    await commit();
    await services.goTo(first + 2, 100);
    expect(await send(first + 2)).toBe("accepted");
    expect(await send(first + 1)).toBe("accepted");
    expect(await send(first + 1)).toBe("duplicate");
  });

  it("of another epoch's chain, another slot or another node are wrong", async () => {
    await commit();
    const other = await services.enrol("b");
    const wrong = [node.beacon(first + 2), node.beacon(first + 16), other.beacon(first + 1)];
    for (const { reveal } of wrong) {
      const message = { node_id: node.nodeId, slot: first + 1, reveal };
      const { verdict } = await services.beacons.accept(message, connection());
      expect(verdict).toBe("wrong_reveal");
    }
    expect(await send(first + 1)).toBe("accepted");
  });

  it("of both epochs are accepted at the boundary", async () => {
    await commit();
    await services.goTo(first + 14, 1000);
    expect(await commit(epoch + 1)).toEqual({ outcome: "stored" });
    await services.goTo(first + 15, 100);
    expect(await send(first + 15)).toBe("accepted");
    expect(await send(first + 14)).toBe("accepted");
  });

  it("wait for the same commit when they are sent twice at once", async () => {
    await commit();
    const verdicts = await Promise.all([send(first + 1), send(first + 1), send(first + 1)]);
    expect(verdicts.toSorted()).toEqual(["accepted", "duplicate", "duplicate"]);
  });

  it("are found again after a restart, with everything that was decided", async () => {
    await commit();
    await send(first + 1);
    await services.goTo(first + 2);
    await send(first + 2);
    const other = await services.enrol("b");
    const { beacons } = await services.restarted();
    const again = async (slot: number, by: TestNode = node) =>
      (await beacons.accept(by.beacon(slot), connection())).verdict;
    expect(await again(first + 2)).toBe("duplicate");
    expect(beacons.recent(node.nodeId).lastSlot).toBe(first + 2);
    await services.goTo(first + 3);
    expect(await again(first + 3)).toBe("accepted");
    await services.beacons.commit(other.commitment(epoch), connection());
    const restarted = await services.restarted();
    const third = await restarted.beacons.accept(other.beacon(first + 3), connection());
    expect(third.verdict).toBe("accepted");
  });

  it("are read back from the documents as presence", async () => {
    await commit();
    await send(first + 1);
    await services.goTo(first + 3);
    await send(first + 3);
    const presence = (await acceptedIn(services, epoch)).get(node.nodeId);
    expect(presence).toBeDefined();
    expect(countBits(presence!)).toBe(2);
    expect([getBit(presence!, 1), getBit(presence!, 3)]).toEqual([true, true]);
  });
});

describe("commitments", () => {
  it("are stored once and found again", async () => {
    expect(await commit()).toEqual({ outcome: "stored" });
    expect(await commit()).toEqual({ outcome: "found" });
  });

  it("that contradict the first are refused and kept as evidence", async () => {
    await commit();
    const clone = { ...node.commitment(epoch + 1), epoch };
    const forged = await services.beacons.commit(clone, connection());
    expect(forged).toMatchObject({ code: "commitments.signature" });
    const other = createTestNode(services.network, "a");
    const contradiction = other.otherCommitment(epoch);
    expect(await services.beacons.commit(contradiction, connection())).toMatchObject({
      code: "commitments.equivocation",
    });
    expect(await services.beacons.commit(contradiction, connection())).toMatchObject({
      code: "commitments.equivocation",
    });
    expect(await commit()).toEqual({ outcome: "found" });
    const evidence = await services.documents
      .collection(equivocationCollection)
      .get(`${epoch}/${node.nodeId}`);
    expect(evidence).toMatchObject(contradiction);
  });

  it("have a window", async () => {
    expect(await commit(epoch + 1)).toMatchObject({ code: "commitments.window" });
    expect(await commit(epoch - 1)).toMatchObject({ code: "commitments.window" });
  });
});

describe("a node's state on screens", () => {
  it("is offline after three missed closed slots and online with the next beacon", async () => {
    const stop = new AbortController();
    const listening = services.beacons.listen(stop.signal);
    const online = (slot: number) => services.beacons.isOnline(node.nodeId, slot);
    await commit();
    expect(online(first + 1)).toBe(false);
    await send(first + 1);
    await services.goTo(first + 4, 500);
    expect(online(first + 4)).toBe(true);
    await services.goTo(first + 5, 399);
    expect(online(first + 5)).toBe(true);
    await services.goTo(first + 5, 400);
    expect(online(first + 5)).toBe(false);
    await send(first + 5);
    expect(online(first + 5)).toBe(true);
    stop.abort();
    await listening;
  });

  it("does not count slots against a node in which we were deaf", async () => {
    await commit();
    await send(first + 1);
    await services.goTo(first + 9);
    expect(services.beacons.isOnline(node.nodeId, first + 9)).toBe(true);
    expect(services.beacons.progress(node.nodeId)).toEqual({ epoch, present: 1, eligible: 1 });
  });

  it("shows presence slot by slot", async () => {
    await commit();
    await send(first + 1);
    await services.goTo(first + 4, 500);
    expect(services.beacons.marks(node.nodeId, first, first + 6)).toBe("-1xx..");
  });
});

describe("two programs with one key", () => {
  it("both learn it", async () => {
    await commit();
    const as = async (slot: number, boot_id: string) =>
      (await services.beacons.accept({ ...node.beacon(slot), boot_id }, connection())).otherBoot;
    expect(await as(first + 1, "aa")).toBe(false);
    expect(await as(first + 1, "bb")).toBe(false);
    await services.goTo(first + 2);
    expect(await as(first + 2, "aa")).toBe(true);
    expect(await as(first + 2, "bb")).toBe(true);
  });
});
