import {
  acceptanceWindow,
  beaconOffsetMs,
  commitmentWindow,
  epochOf,
  firstSlotOf,
  slotAt,
  slotEnd,
  slotStart,
} from "@lucid/protocol";
import { array, assert, constantFrom, double, integer, property, tuple } from "fast-check";
import { expect, test } from "vitest";
import { testGenesis, testKey } from "../testing/world.ts";
import { nextStep } from "./schedule.ts";
import { initialState, type AgentState, type Outcome, type Step } from "./state.ts";
import { applyOutcome, backoffMs } from "./transition.ts";

const genesis = testGenesis();
const timing = { genesis, publicKey: testKey.publicKey };
const epoch = 3_000_000;
const first = firstSlotOf(genesis, epoch);
const offsetMs = beaconOffsetMs(genesis, testKey.publicKey, epoch);
const committed = (state: AgentState, ...epochs: number[]): AgentState => ({
  ...state,
  committed: new Set(epochs),
});

test("in the middle of an epoch the commitment comes first, at once", () => {
  const nowMs = slotStart(genesis, first + 4) + 1;
  expect(nextStep(timing, initialState(first + 4), nowMs)).toEqual({ kind: "commit", epoch });
});

test("then the beacon at the node's offset", () => {
  const state = committed(initialState(first + 4), epoch);
  const dueMs = slotStart(genesis, first + 4) + offsetMs;
  expect(nextStep(timing, state, dueMs - 1)).toEqual({ kind: "wait", untilMs: dueMs });
  expect(nextStep(timing, state, dueMs)).toEqual({ kind: "beacon", slot: first + 4, signed: true });
});

test("the next epoch is committed in the last twelfth, spread by the offset", () => {
  const { fromMs } = commitmentWindow(genesis, epoch + 1);
  const dueMs = fromMs + beaconOffsetMs(genesis, testKey.publicKey, epoch + 1);
  const last = first + genesis.slots_per_epoch - 1;
  const state = { ...committed(initialState(last), epoch), settledSlot: last };
  expect(nextStep(timing, state, dueMs - 1)).toEqual({ kind: "wait", untilMs: dueMs });
  expect(nextStep(timing, state, dueMs)).toEqual({ kind: "commit", epoch: epoch + 1 });
});

test("in the grace an unanswered beacon of the slot before is still sent", () => {
  const state = committed(initialState(first + 4), epoch);
  const nowMs = slotEnd(genesis, first + 4) + genesis.grace_ms - 1;
  expect(nextStep(timing, state, nowMs)).toMatchObject({ kind: "beacon", slot: first + 4 });
  expect(nextStep(timing, state, nowMs + 1)).toMatchObject({ kind: "wait" });
});

test("in a blocked epoch nothing is sent before the next one", () => {
  const state = { ...initialState(first + 4), blocked: new Set([epoch]) };
  const untilMs =
    commitmentWindow(genesis, epoch + 1).fromMs +
    beaconOffsetMs(genesis, testKey.publicKey, epoch + 1);
  expect(nextStep(timing, state, slotEnd(genesis, first + 4))).toEqual({ kind: "wait", untilMs });
});

test("when the next epoch is blocked as well, the one after it is waited for", () => {
  const state = { ...initialState(first + 4), blocked: new Set([epoch, epoch + 1]) };
  const { fromMs } = commitmentWindow(genesis, epoch + 2);
  expect(nextStep(timing, state, slotStart(genesis, first + 15) + 1999)).toEqual({
    kind: "wait",
    untilMs: fromMs + beaconOffsetMs(genesis, testKey.publicKey, epoch + 2),
  });
});

test("nothing is sent before the network's first slot", () => {
  const young = { genesis: { ...genesis, first_slot: first + 5 }, publicKey: testKey.publicKey };
  const state = committed(initialState(first), epoch);
  const untilMs = slotStart(genesis, first + 5) + offsetMs;
  expect(nextStep(young, state, slotStart(genesis, first + 1))).toEqual({ kind: "wait", untilMs });
});

type Act = readonly [kind: Outcome["kind"], tookMs: number];
type Sent = { readonly atMs: number; readonly state: AgentState; readonly step: Step };

/** A day of an agent in which one thing after the other comes of what it sends; answers what it sent. */
const play = (acts: readonly Act[], startMs: number): Sent[] => {
  let nowMs = slotStart(genesis, first) + startMs;
  let state = initialState(slotAt(genesis, nowMs));
  return acts.flatMap(([kind, tookMs]) => {
    const step = nextStep(timing, state, nowMs);
    const sent = { atMs: nowMs, state, step };
    nowMs = (step.kind === "wait" ? step.untilMs : nowMs) + tookMs;
    if (step.kind !== "wait") state = applyOutcome(timing, state, step, { kind }, nowMs, 0.5);
    return [sent];
  });
};

test("whatever happened before, a beacon is sent only inside its window, committed, and in rising slots", () => {
  const kinds = constantFrom<Outcome["kind"][]>(
    "done",
    "lost",
    "blocked",
    "recommit",
    "sign",
    "retry",
  );
  const acts = array(tuple(kinds, integer({ min: 0, max: 3000 })), {
    minLength: 50,
    maxLength: 200,
  });
  assert(
    property(acts, integer({ min: 0, max: 100_000 }), (plan, startMs) => {
      for (const { atMs, state, step } of play(plan, startMs)) {
        const holds =
          step.kind === "beacon"
            ? isOpen(step.slot, atMs) &&
              step.slot > state.settledSlot &&
              state.committed.has(epochOf(genesis, step.slot))
            : step.kind === "commit" || (step.kind === "wait" && step.untilMs > atMs);
        expect(holds).toBe(true);
      }
    }),
  );
});

const isOpen = (slot: number, atMs: number): boolean => {
  const { fromMs, untilMs } = acceptanceWindow(genesis, slot);
  return atMs >= fromMs && atMs < untilMs;
};

test("retries grow, stay within a quarter of a slot, and chance only shortens them", () => {
  assert(
    property(integer({ min: 1, max: 60 }), double({ min: 0, max: 1, noNaN: true }), (n, chance) => {
      const pause = backoffMs(120_000, n, chance);
      expect(pause).toBeGreaterThan(0);
      expect(pause).toBeLessThanOrEqual(30_000);
      expect(backoffMs(120_000, n + 1, 0)).toBeGreaterThanOrEqual(backoffMs(120_000, n, 0));
    }),
  );
});
