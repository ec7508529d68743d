import type { Collection } from "@lucid/platform/documents";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import { toUsdt } from "../shared/view.ts";
import { readAttribution } from "./attribution.ts";
import type { PayerContext } from "./contract.ts";
import { attemptOf, cancelOf, closeOf } from "./decisions.ts";
import type { Decision, PayoutDocument } from "./documents.ts";
import { policyOf } from "./policy.ts";
import { approversNeeded } from "./rules.ts";
import { isSent, isUnsigned } from "./states.ts";

export type DecisionRequest = {
  readonly payoutId: string;
  /** Which transaction paid it is said to the treasury. */
  readonly act: Exclude<Decision["act"], "attribute">;
  readonly by: string;
  readonly reason: string;
  /** The attempt, recipient and net that the person has in mind, where the act names them. */
  readonly attempt?: number;
  readonly recipient?: string;
  readonly netMicro?: bigint;
  /** Of `close`: what the owner gets back. */
  readonly backMicro?: bigint;
};

type Refusal =
  | "payouts.unknown"
  | "payouts.not_configured"
  | "payouts.state"
  | "payouts.changed"
  | "payouts.amount";

export type DecisionVerdict =
  | { readonly outcome: "taken" | "present"; readonly payout: PayoutDocument }
  | { readonly outcome: "refused"; readonly code: Refusal; readonly detail: string };

type Refused = Extract<DecisionVerdict, { outcome: "refused" }>;
const refused = (code: Refusal, detail: string): Refused => ({ outcome: "refused", code, detail });

export type DecideContext = Pick<PayerContext, "policies" | "clock" | "treasury"> & {
  readonly payouts: Collection<PayoutDocument>;
};

/** More people than this never decide at one moment. */
const MAX_ATTEMPTS = 100;

/** Writes down what a person decided, when it may be; the payer carries it out. The same word again is found. */
export const decide = async (
  context: DecideContext,
  request: DecisionRequest,
): Promise<DecisionVerdict> => {
  const { payouts, clock } = context;
  for (let turn = 0; turn < MAX_ATTEMPTS; turn++) {
    const payout = await payouts.get(request.payoutId);
    if (payout === null)
      return refused("payouts.unknown", `There is no payout ${request.payoutId}.`);
    const decision = toDecision(payout, request, clock.now());
    if (isSaid(payout, decision)) return { outcome: "present", payout };
    const wrong =
      findMismatch(payout, request) ?? (await refusals[request.act](context, payout, request));
    if (wrong !== null) return wrong;
    const { state, attempt, decisions } = payout;
    const patch = { decisions: [...decisions, decision] };
    const swapped = await compareAndSet(payouts, payout.id, patch, { state, attempt, decisions });
    if (swapped.done) return { outcome: "taken", payout: swapped.document };
  }
  throw new Fault("payouts.contention", `no decision could be added to ${request.payoutId}`);
};

const toDecision = (payout: PayoutDocument, request: DecisionRequest, at: number): Decision => ({
  act: request.act,
  by: request.by,
  at,
  reason: request.reason,
  recipient: payout.recipient,
  net_micro: payout.net_micro,
  attempt: attemptOf(payout),
  ...(request.backMicro !== undefined && { back_micro: request.backMicro }),
});

/** Whether it is this person's latest word on the matter already. */
const isSaid = ({ decisions }: PayoutDocument, { act, by, ...said }: Decision): boolean => {
  const latest = decisions.findLast((made) => made.act === act && made.by === by);
  return latest?.attempt === said.attempt && latest.back_micro === said.back_micro;
};

/** What was decided about another recipient, amount or attempt is not about this payout. */
const findMismatch = (payout: PayoutDocument, request: DecisionRequest): Refused | null => {
  const { recipient = payout.recipient, netMicro = payout.net_micro } = request;
  const { attempt = attemptOf(payout) } = request;
  const isMeant =
    recipient === payout.recipient &&
    netMicro === payout.net_micro &&
    attempt === attemptOf(payout);
  if (isMeant) return null;
  return refused(
    "payouts.changed",
    `${payout.id} is ${toUsdt(payout.net_micro)} USDT to ${payout.recipient} in attempt ${attemptOf(payout)}, ` +
      `not ${toUsdt(netMicro)} USDT to ${recipient} in attempt ${attempt}.`,
  );
};

type Check = (
  context: DecideContext,
  payout: PayoutDocument,
  request: DecisionRequest,
) => Promise<Refused | null> | Refused | null;

const wrongState = ({ id, state, why }: PayoutDocument, only: string): Refused =>
  refused("payouts.state", `${id} is ${state}, and ${only}. ${why}`);

const refuseApprove: Check = (context, payout) => {
  const { state, gross_micro } = payout;
  if (cancelOf(payout) !== null) return wrongState(payout, "was cancelled by a person");
  if (state !== "created" && state !== "expired")
    return wrongState(payout, "only one that waits is approved");
  if (approversNeeded(policyOf(context, payout).payout, gross_micro) > 0) return null;
  return wrongState(payout, "within the caps its policy needs nobody to approve it");
};

/** Also an attempt that nobody signs, or whose time is over: it is given back instead of sent anew, once it is provably dead. */
const refuseCancel: Check = async (context, payout) => {
  const { state, parked } = payout;
  if (!isUnsigned(payout) && state !== "signed" && !(state === "broadcast" && parked))
    return wrongState(payout, "is cancelled only before it is sent, or once its time is over");
  const attributed = await readAttribution(context, payout);
  if (attributed === null) return null;
  return wrongState(payout, `a person said that transaction ${attributed.txid} paid it`);
};

const refuseExpire: Check = (_, payout) =>
  isSent(payout) && payout.parked
    ? null
    : wrongState(payout, "only one whose time is over on the chain's clock is given up");

const refuseClose: Check = (_, payout, { backMicro = 0n }) => {
  const { state, closed } = payout;
  if (state !== "disputed" || closed !== undefined || closeOf(payout) !== null)
    return wrongState(payout, "only a dispute that is open is closed");
  if (backMicro <= payout.gross_micro) return null;
  return refused(
    "payouts.amount",
    `/give_back_usdt is more than the ${toUsdt(payout.gross_micro)} USDT that left the balance.`,
  );
};

const refuseRetry: Check = (_, payout) =>
  payout.state === "failed"
    ? null
    : wrongState(payout, "only after one that failed is tried again");

const refusals: Record<DecisionRequest["act"], Check> = {
  approve: refuseApprove,
  cancel: refuseCancel,
  expire: refuseExpire,
  close: refuseClose,
  retry: refuseRetry,
};
