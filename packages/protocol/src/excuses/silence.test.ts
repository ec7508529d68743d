import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import genesisVectors from "../../../../vectors/genesis.json" with { type: "json" };
import { createBitmap, getBit, setBit } from "../beacons/bitmap.ts";
import { parseGenesis } from "../genesis.ts";
import { createSilence, silenceBefore } from "./silence.ts";
import type { SilenceState } from "./silence.ts";
import { silentSlots } from "./silent-slots.ts";

const genesis = parseGenesis(genesisVectors.networks[1]?.genesis);
const SLOTS = genesis.slots_per_epoch;
const NODES = 14;

/** A stretch of slots in which the same nodes are there, so that silences begin, last and end. */
const stretch = fc.record({
  length: fc.integer({ min: 1, max: 34 }),
  there: fc.oneof(
    fc.constant(Array.from({ length: NODES }, () => true)),
    fc.array(fc.boolean(), { minLength: NODES, maxLength: NODES }),
    fc.constant(Array.from({ length: NODES }, () => false)),
  ),
});
const history = fc
  .array(stretch, { minLength: 1, maxLength: 8 })
  .map((list) => list.flatMap(({ length, there }) => Array.from({ length }, () => numbers(there))));

function numbers(there: readonly boolean[]): number[] {
  return there.flatMap((isThere, node) => (isThere ? [node] : []));
}

/** Fourteen nodes of seven owners. */
function decideAll(slots: readonly number[][], state: SilenceState): [boolean[], SilenceState] {
  const fold = createSilence(state);
  const known = Array.from({ length: NODES }, (_, n) => fold.numberOf(`node_${n}`, owner(n)));
  const verdicts = slots.map((present, i) =>
    fold.decide(
      state.slot + 1 + i,
      present.map((node) => known[node] as number),
    ),
  );
  return [verdicts, fold.state()];
}

function owner(node: number): string {
  return `owner_${node % 7}`;
}

describe("silence", () => {
  test("goes on from a stored state as if it had never stopped", () => {
    fc.assert(
      fc.property(history, fc.nat(), (slots, pick) => {
        const cut = pick % (slots.length + 1);
        const whole = decideAll(slots, silenceBefore(7));
        const [first, state] = decideAll(slots.slice(0, cut), silenceBefore(7));
        const stored = JSON.parse(JSON.stringify(state)) as SilenceState;
        const [rest, last] = decideAll(slots.slice(cut), stored);
        expect([[...first, ...rest], last]).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  test("of a slot does not depend on what comes later", () => {
    fc.assert(
      fc.property(history, history, (slots, later) => {
        const [alone] = decideAll(slots, silenceBefore(0));
        const [followed] = decideAll([...slots, ...later], silenceBefore(0));
        expect(followed.slice(0, slots.length)).toEqual(alone);
      }),
    );
  });

  test("excuses at most thirty slots on end", () => {
    fc.assert(
      fc.property(history, (slots) => {
        const [verdicts] = decideAll(slots, silenceBefore(0));
        const text = verdicts.map((excused) => (excused ? "x" : "-")).join("");
        expect(text).not.toMatch(/x{31}/);
      }),
    );
    const everybody = Array.from({ length: NODES }, (_, node) => node);
    const forty = Array.from({ length: 40 }, () => []);
    const [verdicts] = decideAll([everybody, ...forty], silenceBefore(0));
    expect(verdicts.filter(Boolean)).toHaveLength(30);
  });

  test("does not depend on the order in which nodes are named", () => {
    fc.assert(
      fc.property(history, (slots) => {
        const reversed = slots.map((present) => present.toReversed());
        expect(decideAll(reversed, silenceBefore(0))).toEqual(decideAll(slots, silenceBefore(0)));
      }),
    );
  });

  test("takes slots in order only", () => {
    const fold = createSilence(silenceBefore(5));
    expect(() => fold.decide(6, [])).toThrow(expect.objectContaining({ code: "silence.order" }));
    fold.decide(5, []);
    expect(() => fold.decide(5, [])).toThrow(/slot 6 comes next/);
  });
});

describe("the silent slots of an epoch", () => {
  const epochs = fc.array(fc.array(stretch, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 3,
  });

  test("are those of the fold over slots", () => {
    fc.assert(
      fc.property(epochs, (list) => {
        const slots = list.flatMap((stretches) =>
          stretches
            .flatMap(({ length, there }) => Array.from({ length }, () => numbers(there)))
            .concat(Array.from({ length: SLOTS }, () => []))
            .slice(0, SLOTS),
        );
        const [verdicts] = decideAll(slots, silenceBefore(0));
        let state: SilenceState | null = null;
        const bits = list.flatMap((_, epoch) => {
          const decided = silentSlots(begun, epoch, heardIn(slots, epoch), state);
          ({ state } = decided);
          return Array.from({ length: SLOTS }, (_, index) => getBit(decided.excused, index));
        });
        expect(bits).toEqual(verdicts);
      }),
    );
  });

  test("need the state of the epoch before", () => {
    expect(() => silentSlots(begun, 1, [], null)).toThrow(/give the state/);
    expect(() => silentSlots(begun, 2, [], silenceBefore(SLOTS))).toThrow(/slot 15 comes next/);
  });
});

const begun = { ...genesis, first_slot: 0 };

function heardIn(slots: readonly number[][], epoch: number) {
  return Array.from({ length: NODES }, (_, node) => {
    const present = createBitmap(SLOTS);
    for (let index = 0; index < SLOTS; index++)
      if (slots[epoch * SLOTS + index]?.includes(node)) setBit(present, index);
    return { node_id: `node_${node}`, owner_id: owner(node), present };
  });
}
