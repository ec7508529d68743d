import { beaconOffsetMs, epochOf, slotAt, slotStart } from "@lucid/protocol";
import type { AgentState, Outcome, Step, Timing } from "./state.ts";

type Sent = Exclude<Step, { kind: "wait" }>;

/**
 * The state after a step's outcome.
 * @param chance between 0 and 1, spreads the retries of many agents
 */
export const applyOutcome = (
  timing: Timing,
  state: AgentState,
  step: Sent,
  outcome: Outcome,
  nowMs: number,
  chance: number,
): AgentState => {
  if (outcome.kind === "retry" || outcome.kind === "sign" || outcome.kind === "recommit")
    return again(timing, state, step, outcome, nowMs, chance);
  if (step.kind === "poll") return afterPoll(state, step.slot);
  return step.kind === "commit"
    ? afterCommitment(timing, state, step.epoch, outcome.kind, nowMs)
    : afterBeacon(state, step.slot, outcome.kind);
};

type Final = Exclude<Outcome["kind"], "retry" | "sign" | "recommit">;

const afterBeacon = (state: AgentState, slot: number, outcome: Final): AgentState => ({
  ...state,
  settledSlot: slot,
  acceptedSlot: outcome === "done" ? slot : state.acceptedSlot,
  mustSign: outcome === "done" ? false : state.mustSign,
  failures: 0,
  retryAtMs: 0,
});

const afterPoll = (state: AgentState, slot: number): AgentState => ({
  ...state,
  settledSlot: slot,
  failures: 0,
  retryAtMs: 0,
});

/** The state once commands were run: started again, the slot in which that was learnt still gets its beacon. */
export const applyCommands = (state: AgentState, isStopped: boolean): AgentState => {
  if (isStopped === state.isStopped) return state;
  return { ...state, isStopped, settledSlot: state.settledSlot - (isStopped ? 0 : 1) };
};

/** A commitment that was refused is asked again with the next slot: a pending node may be active by then. */
const afterCommitment = (
  timing: Timing,
  state: AgentState,
  epoch: number,
  outcome: Final,
  nowMs: number,
): AgentState => {
  if (outcome === "done") return { ...state, committed: recent(state.committed, epoch) };
  if (outcome === "blocked") return { ...state, blocked: recent(state.blocked, epoch) };
  return { ...state, retryAtMs: nextOffsetMs(timing, nowMs) };
};

const again = (
  timing: Timing,
  state: AgentState,
  step: Sent,
  outcome: Outcome,
  nowMs: number,
  chance: number,
): AgentState => {
  const failures = state.failures + 1;
  const asked = outcome.kind === "retry" ? (outcome.afterMs ?? 0) : 0;
  const pause = Math.max(asked, backoffMs(timing.genesis.slot_ms, failures, chance));
  const next = { ...state, failures, retryAtMs: nowMs + pause };
  if (outcome.kind === "sign") return { ...next, mustSign: true };
  if (outcome.kind === "retry" || step.kind !== "beacon") return next;
  return { ...next, committed: without(state.committed, epochOf(timing.genesis, step.slot)) };
};

/** Doubles from a 64th of a slot (100 ms at least) to a quarter, of which chance takes up to half away. */
export const backoffMs = (slotMs: number, failures: number, chance: number): number => {
  const first = Math.max(100, slotMs / 64);
  const most = Math.max(first, slotMs / 4);
  return Math.round(Math.min(most, first * 2 ** (failures - 1)) * (1 - chance / 2));
};

const nextOffsetMs = ({ genesis, publicKey }: Timing, nowMs: number): number => {
  const slot = slotAt(genesis, nowMs) + 1;
  return slotStart(genesis, slot) + beaconOffsetMs(genesis, publicKey, epochOf(genesis, slot));
};

const recent = (epochs: ReadonlySet<number>, epoch: number): ReadonlySet<number> =>
  new Set([...epochs, epoch].filter((e) => e > epoch - 3));

const without = (epochs: ReadonlySet<number>, epoch: number): ReadonlySet<number> =>
  new Set([...epochs].filter((e) => e !== epoch));
