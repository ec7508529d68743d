import { needsPerson, type Policy, splitPayout } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import { explain, FENCED } from "./advance.ts";
import { policyOf } from "./approve.ts";
import { carryOut, readDisputed } from "./carry-out.ts";
import type { PayerContext, Shut } from "./contract.ts";
import { findShort, type Short } from "./cover.ts";
import { debit, deriveMissing, type Due, policyNow } from "./debit.ts";
import { type PayoutDocument, UNFINISHED } from "./documents.ts";
import { cancelOf } from "./decisions.ts";
import { findCap, findDue } from "./due.ts";
import { type Heads, readRunGates, verifyEndpoints } from "./gates.ts";
import { readPause } from "./pause.ts";
import { reverseFailed } from "./reverse.ts";
import { MAX_IN_FLIGHT } from "./rules.ts";
import { drive } from "./step.ts";

/** What a run came to: why nothing new may be paid, if so, and whether due owners are left for want of room. */
export type RunOutcome = {
  readonly shut: Shut | null;
  readonly isMoreDue: boolean;
  /** What the wallet lacks for what is due; absent when this run did not look. */
  readonly short?: Short | null;
};

export type RunWish = {
  readonly wantsNew: boolean;
  /** Whether the last run found a gate shut, or none was made yet: every gate is then looked at. */
  readonly isShut: boolean;
  readonly signal: AbortSignal;
};

/**
 * One run of the payer. First everything that an earlier run, perhaps of a payer that died, left unfinished; then,
 * when wanted and no gate is shut, new payouts.
 */
export const runPayouts = async (
  context: PayerContext,
  { wantsNew, isShut, signal }: RunWish,
): Promise<RunOutcome> => {
  await stamp(context);
  await deriveMissing(context);
  await carryOut(context, await readUnfinished(context));
  await context.holds.takeForfeits();
  // What was decided is given back whatever the chain says, so that the books are complete also while it is away.
  await reverseFailed(context);
  const unfinished = await readUnfinished(context);
  const needsHeads = wantsNew || isShut || unfinished.some(({ state }) => isUnsigned(state));
  if (unfinished.length === 0 && !needsHeads)
    return { shut: await readStop(context), isMoreDue: false };
  const endpoints = await verifyEndpoints(context);
  if (!endpoints.ok) return { shut: toShut("waiting", endpoints.why), isMoreDue: wantsNew };
  const gate = await readGate(context, { needsHeads });
  for (const payout of unfinished) {
    if (signal.aborted) return { shut: gate.shut, isMoreDue: wantsNew };
    const driven = await driveOrExplain(context, payout, gate.heads);
    if (gate.shut !== null && isUnsigned(driven.state) && cancelOf(driven) === null)
      await explain(context, driven, toWait(gate.shut.reason));
  }
  await reverseFailed(context);
  const paid =
    wantsNew && gate.heads !== null
      ? await payDue(context, gate.heads, signal)
      : { isMoreDue: wantsNew };
  await reverseFailed(context);
  return { shut: gate.shut, ...paid };
};

type RunGate = { readonly heads: Heads | null; readonly shut: Shut | null };

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

/** What only people end: a dispute, or their own pause. */
const readStop = async (context: PayerContext): Promise<Shut | null> => {
  const [disputed] = await readDisputed(context);
  if (disputed === undefined) return readPause(context.pause);
  return toShut(
    "stopped",
    `${disputed.id} is disputed: two people have to close it (lucid payouts close)`,
  );
};

const toWait = (reason: string): string =>
  reason.startsWith("waits:") ? reason : `waits: ${reason}`;

const toShut = (state: Shut["state"], reason: string): Shut => ({ state, reason });
const shutBy = (state: Shut["state"], reason: string): RunGate => ({
  heads: null,
  shut: toShut(state, reason),
});

const isUnsigned = (state: PayoutDocument["state"]): boolean =>
  state === "created" || state === "approved" || state === "expired";

const readUnfinished = ({ payouts }: PayerContext): Promise<PayoutDocument[]> =>
  payouts.find({ where: { state: { in: UNFINISHED } }, sort: [["created_at", "asc"]] });

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

/** Makes new payouts while there is room. Tells whether due owners may be left. */
const payDue = async (
  context: PayerContext,
  heads: Heads,
  signal: AbortSignal,
): Promise<Omit<RunOutcome, "shut">> => {
  const policy = policyNow(context);
  const chainTimeMs = heads.head.timestampMs;
  let room = MAX_IN_FLIGHT - (await countInFlight(context));
  if (room <= 0) return { isMoreDue: true };
  const dues = await findDue(context, policy, chainTimeMs);
  const short = dues.length === 0 ? null : await findShort(context, sumNets(policy, dues));
  if (short !== null) return { isMoreDue: false, short };
  for (const due of dues) {
    if (room <= 0 || signal.aborted) return { isMoreDue: true, short };
    // Those before it in this run have used the caps.
    if ((await findCap(context, { ...due, chainTimeMs, rules: policy.payout })) !== null) continue;
    const payout = await debit(context, due, policy);
    if (payout === null) continue;
    const driven = await driveOrExplain(context, payout, heads);
    if (await isInFlight(context, driven)) room -= 1;
  }
  return { isMoreDue: false, short };
};

const sumNets = (policy: Policy, dues: readonly Due[]): bigint =>
  dues.reduce((sum, { grossMicro }) => sum + splitPayout(policy, grossMicro).net, 0n);

const countInFlight = async (context: PayerContext): Promise<number> => {
  let count = 0;
  for (const payout of await readUnfinished(context))
    if (await isInFlight(context, payout)) count += 1;
  return count;
};

const isUnfinished = ({ state }: PayoutDocument): boolean =>
  UNFINISHED.some((unfinished) => unfinished === state);

/** What is parked, held or waits for a person takes no room. */
const isInFlight = async (context: PayerContext, payout: PayoutDocument): Promise<boolean> => {
  if (!isUnfinished(payout) || payout.parked) return false;
  if (!isUnsigned(payout.state)) return true;
  if ((await context.holds.explain(payout.owner_id)) !== null) return false;
  if (payout.state === "approved") return true;
  return !needsPerson(policyOf(context, payout).payout, payout.gross_micro);
};

/** One payout that cannot go on does not hold up the others; a lost lease ends the run. */
const driveOrExplain = async (
  context: PayerContext,
  payout: PayoutDocument,
  heads: Heads | null,
): Promise<PayoutDocument> => {
  try {
    return await drive(context, payout, heads);
  } catch (error) {
    if (error instanceof Fault && error.code === FENCED) throw error;
    context.log.error({ err: error, payout: payout.id }, "a payout could not go on");
    const current = (await context.payouts.get(payout.id)) ?? payout;
    if (!isUnfinished(current)) return current;
    return explain(context, current, "waits: something broke on our side; the log has the cause");
  }
};
