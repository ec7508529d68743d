import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import { FENCED } from "./advance.ts";
import { carryOut, readDisputed } from "./carry-out.ts";
import type { PayerContext, Shut } from "./contract.ts";
import { deriveMissing, dropUndecided } from "./debit.ts";
import type { PayoutDocument } from "./documents.ts";
import { driveOrExplain } from "./drive.ts";
import { readRunGates, type RunGate, verifyEndpoints } from "./gates.ts";
import { type Paid, payDue } from "./pay-due.ts";
import { reverseFailed } from "./reverse.ts";
import { readUnfinished } from "./room.ts";
import { isUnsigned } from "./states.ts";
import { readStop } from "./stop.ts";

/** What a run came to, and why nothing new may be paid, if so. */
export type RunOutcome = Paid & { readonly shut: Shut | null };

export type RunWish = {
  readonly wantsNew: boolean;
  /** Whether the last run found a gate shut, or none was made yet: every gate is then looked at. */
  readonly isShut: boolean;
};

/**
 * One run of the payer. First everything that an earlier run, perhaps of a payer that died, left unfinished; then,
 * when wanted and no gate is shut, new payouts.
 */
export const runPayouts = async (
  context: PayerContext,
  { wantsNew, isShut }: RunWish,
): Promise<RunOutcome> => {
  await stamp(context);
  const decided = await readDecided(context);
  await deriveMissing(context);
  await carryOut(context, decided);
  await context.holds.takeForfeits();
  // What was decided is given back whatever the chain says, so that the books are complete also while it is away.
  await reverseFailed(context);
  const unfinished = await readDecided(context);
  if (unfinished.length === 0 && !wantsNew && !isShut)
    return { shut: await readStop(context), isMoreDue: false };
  const endpoints = await verifyEndpoints(context);
  if (!endpoints.ok) return { shut: toShut("waiting", endpoints.why), isMoreDue: wantsNew };
  const waiting = await followSent(context, unfinished);
  const gate = await readGate(context, { needsHeads: wantsNew || isShut || waiting.length > 0 });
  for (const payout of waiting) {
    if (context.signal.aborted) return { shut: gate.shut, isMoreDue: wantsNew };
    await driveOrExplain(context, payout, gate);
  }
  await reverseFailed(context);
  const paid =
    wantsNew && gate.heads !== null ? await payDue(context, gate.heads) : { isMoreDue: wantsNew };
  await reverseFailed(context);
  return { shut: gate.shut ?? (await readStop(context)), ...paid };
};

const readDecided = async (context: PayerContext): Promise<PayoutDocument[]> =>
  dropUndecided(context, await readUnfinished(context));

/**
 * First what was sent, as a dispute stops everything else, and what is too late to be signed. Answers what waits for the
 * gate then, oldest first.
 */
const followSent = async (
  context: PayerContext,
  unfinished: readonly PayoutDocument[],
): Promise<PayoutDocument[]> => {
  const waiting: PayoutDocument[] = [];
  for (const payout of unfinished) {
    const isFollowed = (payout.state === "broadcast" || payout.parked) && !context.signal.aborted;
    const driven = isFollowed ? await driveOrExplain(context, payout, NOT_LOOKED_AT) : payout;
    const mayBeSigned = driven.state === "signed" && !driven.parked;
    if (mayBeSigned || isUnsigned(driven)) waiting.push(driven);
  }
  return waiting;
};

const NOT_LOOKED_AT: RunGate = { heads: null, shut: null };

const readGate = async (
  context: PayerContext,
  { needsHeads }: { needsHeads: boolean },
): Promise<RunGate> => {
  const stop = await readStop(context);
  if (stop !== null || !needsHeads) return { heads: null, shut: stop };
  const gate = await readRunGates(context);
  if (!gate.ok) return shutBy("waiting", gate.why);
  const treasury = await context.treasury.gate();
  return treasury.state === "open"
    ? { heads: gate.value, shut: null }
    : shutBy(treasury.state, treasury.reason);
};

const toShut = (state: Shut["state"], reason: string): Shut => ({ state, reason });
const shutBy = (state: Shut["state"], reason: string): RunGate => ({
  heads: null,
  shut: toShut(state, reason),
});

/** Takes over what an earlier payer left: from now on only this token changes it. */
const stamp = async (context: PayerContext): Promise<void> => {
  const { payouts, fence } = context;
  const unreversed = await payouts.find({ where: { reversal: "due" } });
  const disputed = await readDisputed(context);
  for (const payout of [...(await readUnfinished(context)), ...unreversed, ...disputed]) {
    if (payout.fence === fence) continue;
    const isOurs = payout.fence < fence;
    const swapped =
      isOurs && (await compareAndSet(payouts, payout.id, { fence }, { fence: payout.fence }));
    if (swapped === false || !swapped.done)
      throw new Fault(FENCED, `payout ${payout.id} belongs to a later payer`, { fence });
  }
};
