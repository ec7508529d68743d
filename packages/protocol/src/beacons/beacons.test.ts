import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../bytes.ts";
import { countBits, createBitmap, getBit, lastBit, setBit } from "./bitmap.ts";
import { beaconSalt, createChain, stepDown } from "./chain.ts";
import { compactEpoch, expandEpoch } from "./compaction.ts";
import { applyBeacon, createBeaconState, judgeBeacon } from "./judge.ts";
import type { BeaconState } from "./judge.ts";

const SLOTS = 40;
const identity = { networkId: "ab".repeat(32), publicKeyHex: "cd".repeat(32), epoch: 7 };
const chain = createChain({ ...identity, seed: new Uint8Array(32).fill(3), slots: SLOTS });
const salt = beaconSalt(identity.networkId, identity.publicKeyHex, identity.epoch);
const indices = fc.uniqueArray(fc.nat({ max: SLOTS - 1 }), { minLength: 1 });

function receive(state: BeaconState, index: number, reveal: Uint8Array, options = {}): string {
  const claim = { index, reveal, salt, slots: SLOTS, gapProven: true, stale: false, ...options };
  const judgement = judgeBeacon(state, claim);
  if (judgement.verdict === "accepted") applyBeacon(state, index, judgement.next);
  return judgement.verdict;
}

function receiveAll(order: readonly number[]): BeaconState {
  const state = createBeaconState(chain.anchor, SLOTS);
  for (const index of order) receive(state, index, chain.reveal(index));
  return state;
}

describe("a receiver", () => {
  test("accepts the same set in any order of open slots, each once", () => {
    const twoOrders = indices.chain((set) =>
      fc.tuple(fc.constant(set), fc.shuffledSubarray(set, { minLength: set.length })),
    );
    fc.assert(
      fc.property(twoOrders, ([set, order]) => {
        const state = receiveAll(order);
        expect(state).toEqual(receiveAll(set));
        expect(countBits(state.accepted)).toBe(set.length);
      }),
    );
  });

  test("is not changed by replays", () => {
    fc.assert(
      fc.property(indices, fc.array(fc.nat()), fc.boolean(), (order, replays, stale) => {
        const state = receiveAll(order);
        const before = structuredClone(state);
        for (const replay of replays) {
          const index = order[replay % order.length] as number;
          expect(["duplicate", "stale"]).toContain(
            receive(state, index, chain.reveal(index), { stale }),
          );
        }
        expect(state).toEqual(before);
      }),
    );
  });

  test("never accepts a value that is not the node's, and cannot be locked out by trying", () => {
    const forged = fc.array(
      fc.tuple(fc.nat({ max: SLOTS }), fc.uint8Array({ minLength: 32, maxLength: 32 })),
    );
    fc.assert(
      fc.property(forged, fc.nat({ max: SLOTS - 1 }), (attempts, honest) => {
        const state = createBeaconState(chain.anchor, SLOTS);
        for (const [index, reveal] of attempts)
          expect(receive(state, index, reveal)).toBe("wrong_reveal");
        expect(receive(state, honest, chain.reveal(honest))).toBe("accepted");
      }),
    );
  });

  test("judging changes nothing by itself", () => {
    const state = createBeaconState(chain.anchor, SLOTS);
    const claim = {
      index: 0,
      reveal: chain.reveal(0),
      salt,
      slots: SLOTS,
      gapProven: false,
      stale: false,
    };
    expect(judgeBeacon(state, claim).verdict).toBe("accepted");
    expect(state).toEqual(createBeaconState(chain.anchor, SLOTS));
  });

  test.each([-1, 0.5, Number.NaN, SLOTS])("knows no slot index %s", (index) => {
    expect(receive(createBeaconState(chain.anchor, SLOTS), index, chain.reveal(0))).toBe(
      "wrong_reveal",
    );
  });

  test.each([0, 31, 33])("answers a reveal of %s bytes", (length) => {
    const state = createBeaconState(chain.anchor, SLOTS);
    expect(receive(state, 0, new Uint8Array(length))).toBe("wrong_reveal");
  });
});

describe("a chain", () => {
  test("leads from every reveal down to the anchor", () => {
    for (let index = 0; index < SLOTS; index++) {
      expect(stepDown(chain.reveal(index), salt, index + 1)).toEqual(chain.anchor);
    }
  });

  test("has no reveal outside its slots", () => {
    expect(() => chain.reveal(SLOTS)).toThrow(expect.objectContaining({ code: "beacon.index" }));
    expect(() => chain.reveal(-1)).toThrow(expect.objectContaining({ code: "beacon.index" }));
  });

  test.each([
    ["epoch", { ...identity, epoch: 8 }],
    ["network", { ...identity, networkId: "ac".repeat(32) }],
  ])("is another one for another %s", (_, other) => {
    const another = createChain({ ...other, seed: new Uint8Array(32).fill(3), slots: SLOTS });
    expect(toHex(another.anchor)).not.toBe(toHex(chain.anchor));
    expect(toHex(another.reveal(SLOTS - 1))).not.toBe(toHex(chain.reveal(SLOTS - 1)));
  });
});

test("compaction loses nothing", () => {
  const anySlots = fc.uniqueArray(fc.nat({ max: SLOTS - 1 }));
  fc.assert(
    fc.property(anySlots, fc.maxSafeInteger(), (order, anyHeight) => {
      const height = Math.abs(anyHeight);
      const { last, accepted: bitmap } = receiveAll(order);
      const commitmentSignature = new Uint8Array(64).fill(order.length);
      const bytes = compactEpoch({ commitmentSignature, height, last, bitmap });
      const ascending = order.toSorted((a, b) => a - b);
      expect(expandEpoch(bytes, { salt, slots: SLOTS })).toEqual({
        commitmentSignature,
        height,
        anchor: chain.anchor,
        bitmap,
        reveals: ascending.map((index) => ({ index, reveal: chain.reveal(index) })),
      });
    }),
  );
});

test("a bitmap holds exactly the bits that were set", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: 99 })), (set) => {
      const bitmap = createBitmap(100);
      for (const index of set) setBit(bitmap, index);
      expect(Array.from({ length: 104 }, (_, i) => i).filter((i) => getBit(bitmap, i))).toEqual(
        set.toSorted((a, b) => a - b),
      );
      expect(countBits(bitmap)).toBe(set.length);
      expect(lastBit(bitmap)).toBe(Math.max(-1, ...set));
      expect(bitmap).toHaveLength(13);
    }),
  );
});

test("bit 0 is the highest of the first byte", () => {
  const bitmap = createBitmap(15);
  setBit(bitmap, 0);
  setBit(bitmap, 14);
  expect(bitmap).toEqual(fromHex("8002"));
});
