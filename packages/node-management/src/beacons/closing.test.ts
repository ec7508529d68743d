import { setImmediate as nextTurn } from "node:timers/promises";
import type { Collection, Documents } from "@lucid/platform/documents";
import { createEvents } from "@lucid/platform/events";
import { createLog } from "@lucid/platform/log";
import { toHex, unframeLeaves } from "@lucid/protocol";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestServices, type TestNode, type TestServices } from "../testing/index.ts";
import { segmentCollection, type SegmentDocument } from "./documents.ts";
import { entryBytes } from "./entry.ts";
import { createBeacons } from "./index.ts";

const first = 450;
const epoch = 30;
const connection = () => ({ failures: 0 });

let services: TestServices;
let nodes: TestNode[];
beforeEach(async () => {
  services = await createTestServices();
  nodes = [await services.enrol("a"), await services.enrol("b"), await services.enrol("c")];
  await services.goTo(first + 1);
  for (const node of nodes) await services.beacons.commit(node.commitment(epoch), connection());
});
afterEach(() => services[Symbol.asyncDispose]());

/** Another replica on the same documents, whose own way to the segments may be given. */
const otherReplica = (segments?: Collection<SegmentDocument>, replica = "other") => {
  const { documents, network, registry, maintenance, clock } = services;
  const log = createLog({ level: "silent", name: "test" });
  const collection: Documents["collection"] = (definition) =>
    segments !== undefined && definition.name === segmentCollection.name
      ? (segments as never)
      : documents.collection(definition);
  return createBeacons(
    {
      documents: { ...documents, collection },
      network,
      registry,
      maintenance,
      clock,
      log,
      events: createEvents(),
    },
    { replica },
  );
};
const reveals = (beacons: Uint8Array) =>
  unframeLeaves(beacons)
    .map((leaf) => toHex(leaf.subarray(33)))
    .toSorted();

describe("a slot that is closed", () => {
  it("says the same again, and leaves one end for each replica", async () => {
    const [a, b] = nodes as [TestNode, TestNode];
    await services.beacons.accept(a.beacon(first + 1), connection());
    const other = await otherReplica();
    await other.accept(b.beacon(first + 1), connection());
    const closed = await services.beacons.closeSlot(first + 1);
    const again = await services.beacons.closeSlot(first + 1);
    expect(again.beacons).toEqual(closed.beacons);
    expect(reveals(closed.beacons)).toEqual(
      [a.beacon(first + 1).reveal, b.beacon(first + 1).reveal].toSorted(),
    );
    const segments = await services.documents.collection(segmentCollection).find();
    expect(segments.filter(({ entries }) => entries.length === 0)).toHaveLength(2);
  });

  it("keeps its beacons in one document once it is sealed, and takes none after a restart", async () => {
    const [a, b, c] = nodes as [TestNode, TestNode, TestNode];
    await services.beacons.accept(a.beacon(first + 1), connection());
    await services.beacons.accept(b.beacon(first + 1), connection());
    const closed = await services.beacons.closeSlot(first + 1);
    await closed.pack();
    await closed.pack();
    const segments = await services.documents.collection(segmentCollection).find();
    const sizes = segments.map(({ entries }) => entries.length / entryBytes);
    expect(sizes.toSorted((one, other) => one - other)).toEqual([0, 2]);
    const restarted = await otherReplica(undefined, services.documents.storeId);
    expect(restarted.progress(a.nodeId)).toEqual(services.beacons.progress(a.nodeId));
    expect(await restarted.accept(c.beacon(first + 1), connection())).toMatchObject({
      verdict: "late",
    });
    const again = await restarted.closeSlot(first + 1);
    expect(again.beacons).toEqual(closed.beacons);
  });

  it("has its segments read once", async () => {
    await services.beacons.accept((nodes[0] as TestNode).beacon(first + 1), connection());
    const segments = services.documents.collection(segmentCollection);
    const find = vi.fn<typeof segments.find>((query) => segments.find(query));
    const other = await otherReplica({ ...segments, find });
    find.mockClear();
    expect(reveals((await other.closeSlot(first + 1)).beacons)).toHaveLength(1);
    expect(find).toHaveBeenCalledTimes(1);
  });

  it("was observed when a beacon was accepted, even if nobody noted that we heard", async () => {
    await services.beacons.accept((nodes[0] as TestNode).beacon(first + 1), connection());
    expect(await services.beacons.closeSlot(first + 1)).toMatchObject({ isObserved: true });
    expect(await services.beacons.closeSlot(first + 2)).toMatchObject({
      isObserved: false,
      beacons: new Uint8Array(),
    });
    expect(await services.beacons.nextHeard(first + 3)).toBeNull();
  });

  it("was observed when we heard at any moment of it, and is excused when that was too little", async () => {
    await services.goTo(first + 3, 1700);
    await services.beacons.hearing.beat();
    await services.clock.advance(100);
    await services.beacons.hearing.beat();
    await services.goTo(first + 4, 400);
    expect(await services.beacons.nextHeard(first + 1)).toBe(first + 3);
    expect(await services.beacons.closeSlot(first + 2)).toMatchObject({ isObserved: false });
    expect(await services.beacons.closeSlot(first + 3)).toMatchObject({ isObserved: true });
    await services.seal();
    expect(await services.beacons.excused(first, first + 10, first + 10)).toContain(first + 3);
    expect(await services.beacons.excused(first, first + 10, first + 2)).not.toContain(first + 3);
  });
});

describe("a replica that still writes while another one closes the slot", () => {
  it("accepts exactly what the slot came to", async () => {
    let slot = first + 1;
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        slot += 1;
        if (slot >= first + 15) return;
        await services.goTo(slot, 100);
        const segments = services.documents.collection(segmentCollection);
        /** Its writes reach the store whenever the scheduler says. */
        const other = await otherReplica({
          ...segments,
          insert: scheduler.scheduleFunction((segment: SegmentDocument) =>
            segments.insert(segment),
          ),
        });
        await other.hearing.beat();
        const sent = nodes.map(async (node, i) => {
          // Far enough apart that each is written by itself.
          for (let turn = 0; turn < 4 * i; turn++) await nextTurn();
          const { verdict } = await other.accept(node.beacon(slot), connection());
          return verdict === "accepted" ? [node.beacon(slot).reveal] : [];
        });
        const closing = scheduler
          .schedule(Promise.resolve())
          .then(() => services.beacons.closeSlot(slot));
        await scheduler.waitFor(Promise.all([closing, ...sent]));
        const accepted = (await Promise.all(sent)).flat();
        expect(reveals((await closing).beacons)).toEqual(accepted.toSorted());
      }),
      { numRuns: 40 },
    );
  });
});
