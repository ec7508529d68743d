import { judgeMaintenance, type SlotSpan } from "@lucid/protocol";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTestServices, testGenesis, testNetwork } from "../testing/index.ts";
import type { MaintenanceDocument } from "./documents.ts";
import { firstFreeSlot, isVoid, judgeSpan, spanOf, stateOf } from "./rules.ts";

const first = 3000;
// 10 slots of maintenance are excused.
const genesis = testGenesis({ slots_per_epoch: 60, first_slot: first });

const setUp = async () => {
  const services = await createTestServices({ network: testNetwork(genesis) });
  const node = await services.enrol("one");
  return { services, node };
};

describe("maintenance", () => {
  it("is announced, told in a block, under way and over; a node's status says so", async () => {
    const { services, node } = await setUp();
    await using _ = services;
    const { maintenance } = services;
    const hearing = new AbortController();
    const listening = services.beacons.listen(hearing.signal);
    const span = { from_slot: first + 3, to_slot: first + 5 };
    const stateNow = async (slot: number) => {
      const [document] = (await maintenance.list(node.nodeId, {})).items;
      return stateOf(document as MaintenanceDocument, slot);
    };
    expect(await maintenance.announce(node.nodeId, span)).toMatchObject({ outcome: "announced" });
    expect(await maintenance.announce(node.nodeId, span)).toMatchObject({ outcome: "found" });
    expect(await stateNow(first)).toBe("announced");
    expect(maintenance.isUnderWay(node.nodeId, first + 3)).toBe(false);
    await services.goTo(first + 1, genesis.grace_ms);
    await services.seal();
    expect(await stateNow(first + 1)).toBe("sealed");
    const again = (await services.restarted()).maintenance;
    for (const known of [maintenance, again])
      expect([2, 3, 4, 5].map((n) => known.isUnderWay(node.nodeId, first + n))).toEqual([
        false,
        true,
        true,
        false,
      ]);
    await services.goTo(first + 5, genesis.grace_ms);
    expect(services.beacons.marks(node.nodeId, first + 2, first + 6)).toBe("0xx.");
    expect(services.beacons.progress(node.nodeId)).toMatchObject({ present: 0, eligible: 2 });
    hearing.abort();
    await listening;
    expect([await stateNow(first + 4), await stateNow(first + 5)]).toEqual(["under_way", "over"]);
  });

  it("is known to another replica as soon as it follows", async () => {
    const { services, node } = await setUp();
    await using _ = services;
    const other = await services.replica("other");
    const span = { from_slot: first + 2, to_slot: first + 4 };
    await services.maintenance.announce(node.nodeId, span);
    await services.goTo(first + 2, genesis.grace_ms);
    await services.seal();
    await other.maintenance.follow({ sealedSlot: first + 1, markedSlot: first + 1 });
    expect(other.maintenance.isUnderWay(node.nodeId, first + 3)).toBe(true);
  });

  it("that no block could tell in time is void, is left out of the log, and takes nothing of the limit", async () => {
    const { services, node } = await setUp();
    await using _ = services;
    const { maintenance } = services;
    const span = { from_slot: first + 2, to_slot: first + 12 };
    await maintenance.announce(node.nodeId, span);
    const lateSlot = { slot: first + 2, startMs: 0, endMs: Infinity, closesMs: Infinity };
    expect(await maintenance.source.collect(lateSlot)).toEqual([]);
    await services.goTo(first + 20);
    const later = { from_slot: first + 30, to_slot: first + 40 };
    expect(await maintenance.announce(node.nodeId, later)).toMatchObject({ outcome: "announced" });
  });

  it("is refused whole beyond the limit, also when replicas race for the last slots", async () => {
    const { services, node } = await setUp();
    await using _ = services;
    const other = await services.replica("other");
    const spans = [0, 8, 16, 24].map((n) => ({
      from_slot: first + 10 + n,
      to_slot: first + 16 + n,
    }));
    const verdicts = await Promise.all(
      spans.map((span, i) =>
        (i % 2 === 0 ? services : other).maintenance.announce(node.nodeId, span),
      ),
    );
    expect(verdicts.filter(({ outcome }) => outcome === "announced")).toHaveLength(1);
    const refused = verdicts.filter(({ outcome }) => outcome === "refused");
    for (const verdict of refused) expect(verdict).toMatchObject({ code: "maintenance.too_much" });
  });

  it("is refused for a node that is none, or that begins before a block can tell it", async () => {
    const { services, node } = await setUp();
    await using _ = services;
    const { maintenance } = services;
    const span = { from_slot: first + 1, to_slot: first + 2 };
    expect(await maintenance.announce(node.nodeId, span)).toMatchObject({
      code: "maintenance.late",
    });
    const unknown = `node_${"a".repeat(32)}`;
    expect(await maintenance.announce(unknown, span)).toMatchObject({ code: "nodes.unknown" });
    await services.goTo(first + 1);
    const wanted = { standing: "retired", reason: "retired", by: "owner" } as const;
    await services.registry.changeStanding(node.nodeId, wanted);
    await services.goTo(first + 3);
    const later = { from_slot: first + 10, to_slot: first + 11 };
    expect(await maintenance.announce(node.nodeId, later)).toMatchObject({
      code: "nodes.standing",
    });
  });
});

describe("what is let in at the door", () => {
  it("is valid for whoever reads the log, in whatever order its blocks tell it", () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 12 }))
      .map(([from, length]) => ({ from_slot: first + from, to_slot: first + from + length }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 20 }), (spans) => {
        const slot = first;
        const announced: MaintenanceDocument[] = [];
        for (const one of spans)
          if (judgeSpan(genesis, announced, one, slot) === null)
            announced.push({ ...one, sealed_slot: null } as MaintenanceDocument);
        const valid: SlotSpan[] = [];
        for (const one of announced.toReversed()) {
          expect(judgeMaintenance(genesis, valid, one, slot + 1)).toEqual({ ok: true });
          valid.push(one);
        }
      }),
    );
  });

  it("is never void when it is sealed in the slot of its announcement or the next", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom(0, 1), (slot, later) => {
        const from_slot = firstFreeSlot(slot);
        expect(isVoid({ from_slot, sealed_slot: slot + later }, slot + 5)).toBe(false);
      }),
    );
  });

  it("takes slots or moments, rounded to the slots that they touch", () => {
    const at = (slot: number, ms: number) =>
      new Date(genesis.origin_ms + slot * genesis.slot_ms + ms).toISOString();
    expect(spanOf(genesis, { slot: 7 }, { slot: 9 })).toEqual({ from_slot: 7, to_slot: 9 });
    expect(spanOf(genesis, { at: at(7, 1) }, { at: at(9, 1) })).toEqual({
      from_slot: 7,
      to_slot: 10,
    });
    expect(spanOf(genesis, { at: at(7, 0) }, { at: at(9, 0) })).toEqual({
      from_slot: 7,
      to_slot: 9,
    });
    expect(spanOf(genesis, {}, { slot: 9 })).toContain("/from_slot");
    expect(spanOf(genesis, { slot: 7, at: at(7, 0) }, { slot: 9 })).toContain("/from_slot");
    expect(spanOf(genesis, { slot: 7 }, {})).toContain("/to_slot");
    expect(spanOf(genesis, { slot: 7 }, { slot: 7 })).toContain("/to_slot");
  });
});
