import { createEvents } from "@lucid/platform/events";
import { createLog } from "@lucid/platform/log";
import { countBits, unframeLeaves } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, type TestNode, type TestServices } from "../testing/index.ts";
import { acceptedIn } from "../testing/presence.ts";
import { createFaultyDocuments } from "../testing/faults.ts";
import { createBeacons } from "./index.ts";
import { segmentCollection } from "./documents.ts";

const first = 450;
const epoch = 30;
const faulty = createFaultyDocuments();

let services: TestServices;
let node: TestNode;

beforeEach(async () => {
  services = await createTestServices({ decorate: faulty.decorate });
  node = await services.enrol("a");
  await services.goTo(first + 1);
  await services.beacons.commit(node.commitment(epoch), { failures: 0 });
});
afterEach(async () => {
  for (const name of ["beacon_segments", "commitments"]) faulty.break(name, null);
  await services[Symbol.asyncDispose]();
});

const send = (slot: number) => services.beacons.accept(node.beacon(slot), { failures: 0 });
const present = async () => {
  const bitmap = (await acceptedIn(services, epoch)).get(node.nodeId);
  return bitmap === undefined ? 0 : countBits(bitmap);
};

describe("a store that fails", () => {
  it("accepts nothing, and the same beacon can be accepted afterwards", async () => {
    faulty.break("beacon_segments", "fails");
    const answers = await Promise.allSettled([send(first + 1), send(first + 1)]);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(send(first + 1)).rejects.toMatchObject({ code: "store.refused" });
    expect(services.beacons.recent(node.nodeId).lastSlot).toBeNull();
    faulty.break("beacon_segments", null);
    expect(await send(first + 1)).toMatchObject({ verdict: "accepted" });
    expect(await present()).toBe(1);
  });

  it("makes us deaf, not the node absent", async () => {
    const stop = new AbortController();
    const listening = services.beacons.listen(stop.signal);
    await services.goTo(first + 1, 500);
    expect(services.beacons.hearing.state().hearing).toBe(true);
    faulty.break("beacon_segments", "fails");
    await send(first + 1).catch(() => null);
    expect(services.beacons.hearing.state().hearing).toBe(false);
    stop.abort();
    await listening;
  });

  it("refuses a commitment with an error and takes it later", async () => {
    const commit = () => services.beacons.commit(node.commitment(epoch + 1), { failures: 0 });
    await services.goTo(first + 14);
    faulty.break("commitments", "fails");
    await expect(commit()).rejects.toMatchObject({ code: "documents.full" });
    faulty.break("commitments", null);
    expect(await commit()).toEqual({ outcome: "stored" });
  });
});

describe("a store whose answer is lost", () => {
  it("is read again: what is in counts", async () => {
    faulty.break("beacon_segments", "loses_reply");
    expect(await send(first + 1)).toMatchObject({ verdict: "accepted" });
    expect(await present()).toBe(1);
  });

  it("is read again: what is not in does not count", async () => {
    faulty.break("beacon_segments", "loses_write");
    await expect(send(first + 1)).rejects.toMatchObject({ code: "store.refused" });
    faulty.break("beacon_segments", null);
    expect(await send(first + 1)).toMatchObject({ verdict: "accepted" });
    const segments = services.documents.collection(segmentCollection);
    expect((await segments.find()).filter(({ entries }) => entries.length > 0)).toHaveLength(2); // one fills the gap
    const { beacons } = await services.beacons.closeSlot(first + 1);
    expect(unframeLeaves(beacons)).toHaveLength(1);
  });
});

describe("a slot whose next segment number is taken", () => {
  it("is closed: its beacons are late", async () => {
    const { storeId } = services.documents;
    const segments = services.documents.collection(segmentCollection);
    const claim = { slot: first + 1, replica: storeId, seq: 0, entries: new Uint8Array(), at: 0 };
    await segments.insert({ id: `${first + 1}/${storeId}/0`, ...claim });
    expect(await send(first + 1)).toMatchObject({ verdict: "late" });
  });
});

describe("two replicas on one store", () => {
  it("merge by union", async () => {
    const { documents, network, registry, maintenance, clock } = services;
    const log = createLog({ level: "silent", name: "test" });
    const other = await createBeacons(
      { documents, network, registry, maintenance, clock, log, events: createEvents() },
      { replica: "other" },
    );
    await send(first + 1);
    await services.goTo(first + 2);
    expect(await other.accept(node.beacon(first + 2), { failures: 0 })).toMatchObject({
      verdict: "accepted",
    });
    expect(await present()).toBe(2);
  });
});
