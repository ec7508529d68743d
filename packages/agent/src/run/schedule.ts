import {
  acceptanceWindow,
  beaconOffsetMs,
  commitmentWindow,
  epochOf,
  firstSlotOf,
  MAX_UNSIGNED_GAP,
  slotAt,
  slotStart,
} from "@lucid/protocol";
import type { AgentState, Step, Timing } from "./state.ts";

/**
 * What an agent does next, from the time of day alone: the commitment of the running epoch as soon as possible, that
 * of the next one in the last twelfth, and one beacon a slot at the node's own offset. A stopped one only asks there
 * whether it may go on.
 */
export const nextStep = (timing: Timing, state: AgentState, nowMs: number): Step => {
  if (nowMs < state.retryAtMs) return { kind: "wait", untilMs: state.retryAtMs };
  const slot = slotToSend(timing, state, nowMs);
  const epoch = epochOf(timing.genesis, slot);
  const beaconAtMs = dueMs(timing, slot);
  if (state.isStopped)
    return beaconAtMs <= nowMs ? { kind: "poll", slot } : { kind: "wait", untilMs: beaconAtMs };
  const commitments = [epoch, epoch + 1]
    .filter((e) => !state.committed.has(e) && !state.blocked.has(e))
    .map((e) => ({ epoch: e, atMs: commitmentDueMs(timing, e) }));

  const due = commitments.find(({ atMs }) => atMs <= nowMs);
  if (due !== undefined) return { kind: "commit", epoch: due.epoch };
  if (beaconAtMs <= nowMs) return { kind: "beacon", slot, signed: mustSign(state, slot) };
  return { kind: "wait", untilMs: Math.min(beaconAtMs, ...commitments.map(({ atMs }) => atMs)) };
};

/** The oldest undecided slot whose window is still open, otherwise the next one; never in a blocked epoch. */
const slotToSend = ({ genesis }: Timing, state: AgentState, nowMs: number): number => {
  const current = slotAt(genesis, nowMs);
  const previousIsOpen = nowMs < acceptanceWindow(genesis, current - 1).untilMs;
  const oldest = previousIsOpen ? current - 1 : current;
  let slot = Math.max(oldest, state.settledSlot + 1, genesis.first_slot);
  while (state.blocked.has(epochOf(genesis, slot)))
    slot = firstSlotOf(genesis, epochOf(genesis, slot) + 1);
  return slot;
};

const dueMs = ({ genesis, publicKey }: Timing, slot: number): number =>
  slotStart(genesis, slot) + beaconOffsetMs(genesis, publicKey, epochOf(genesis, slot));

/** The offset spreads the commitments of many nodes over the first slot of the window. */
const commitmentDueMs = ({ genesis, publicKey }: Timing, epoch: number): number =>
  commitmentWindow(genesis, epoch).fromMs + beaconOffsetMs(genesis, publicKey, epoch);

/** After a start and after a long gap a beacon is signed: nobody could check the reveal otherwise. */
const mustSign = (state: AgentState, slot: number): boolean =>
  state.mustSign || state.acceptedSlot === null || slot - state.acceptedSlot > MAX_UNSIGNED_GAP;
