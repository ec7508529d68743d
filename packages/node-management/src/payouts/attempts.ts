import { isDeepStrictEqual } from "node:util";
import type { Collection, Documents } from "@lucid/platform/documents";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { scanById } from "../shared/scan.ts";
import type { Attempt, Attempts, AttributionWord } from "../treasury/index.ts";
import { saidPaidBy } from "./attribution.ts";
import { attemptOf } from "./decisions.ts";
import { type Decision, payoutCollection, type PayoutDocument } from "./documents.ts";
import { isUnfinished, isUnsigned, SENT } from "./states.ts";

/** The payouts as the treasury compares them with the chain. */
export const createAttempts = ({
  documents,
}: {
  readonly documents: Pick<Documents, "collection">;
}): Attempts => {
  const payouts: Collection<PayoutDocument> = documents.collection(payoutCollection);
  return {
    get: async (payoutId) => {
      const found = await payouts.get(payoutId);
      return found === null ? null : toAttempt(found);
    },
    attribute: async (read, word) => {
      const payout = await payouts.get(read.payoutId);
      if (payout === null || !isDeepStrictEqual(toAttempt(payout), read)) return false;
      const { state, attempt, parked, decisions } = payout;
      const patch = { decisions: [...decisions, wordToDecision(payout, word)] };
      return (await compareAndSet(payouts, payout.id, patch, { state, attempt, parked, decisions }))
        .done;
    },
    byTxids: async (txids) => {
      const found = await payouts.find({ where: { txid: { in: txids } } });
      return new Map(found.map((payout) => [payout.txid ?? "", toAttempt(payout)]));
    },
    confirmed: async (wallet, from, to) => {
      const found = await payouts.find({ where: { wallet, block: { gte: from, lt: to } } });
      return found.filter(({ state }) => state === "confirmed").map(toAttempt);
    },
    unsent: async (recipient) => {
      const latest = await payouts.find({
        where: { recipient },
        sort: [["created_at", "desc"]],
        limit: 10,
      });
      return latest.filter(isUnsigned).map(toAttempt);
    },
    inFlight: async () => (await payouts.find({ where: { state: { in: SENT } } })).map(toAttempt),
    each: (visit) => scanById(payouts, (payout) => visit(toAttempt(payout))),
  };
};

const wordToDecision = (
  payout: PayoutDocument,
  { txid, by, reason, atMs }: AttributionWord,
): Decision => ({
  act: "attribute",
  by,
  at: atMs,
  reason,
  recipient: payout.recipient,
  net_micro: payout.net_micro,
  attempt: attemptOf(payout),
  txid,
});

const toAttempt = (payout: PayoutDocument): Attempt => ({
  payoutId: payout.id,
  ownerId: payout.owner_id,
  state: payout.state,
  isOpen: isUnfinished(payout),
  mayArrive: payout.state === "broadcast" && !payout.parked,
  txid: payout.txid ?? null,
  token: payout.token ?? null,
  wallet: payout.wallet ?? null,
  recipient: payout.recipient,
  netMicro: payout.net_micro,
  block: payout.block ?? null,
  isClosed: payout.closed !== undefined,
  saidPaidBy: saidPaidBy(payout),
});
