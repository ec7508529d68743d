import type { Reading, Receipt } from "@lucid/tron";
import { toUsdt } from "../shared/view.ts";
import type { PayoutDocument } from "./documents.ts";

/** What the chain says about a transfer that was, or may have been, sent. */
export type ChainVerdict =
  /** Every endpoint that answered knows nothing of it in its solidified blocks. */
  | { readonly kind: "absent" }
  | { readonly kind: "confirmed"; readonly receipt: Receipt }
  /** Every endpoint shows the same receipt, and its result is not SUCCESS. */
  | { readonly kind: "failed"; readonly receipt: Receipt }
  /** Something that must not be: a person decides. */
  | { readonly kind: "disputed"; readonly receipt: Receipt; readonly detail: string }
  /** Not enough is known to say anything. */
  | { readonly kind: "unknown"; readonly reason: string };

export type Attempt = Pick<PayoutDocument, "txid" | "token" | "wallet" | "recipient" | "net_micro">;

/** Judges the answers of all configured endpoints, one each. */
export const judgeReceipts = (
  answers: readonly Reading<Receipt | null>[],
  attempt: Attempt,
): ChainVerdict => {
  const heard = answers.filter((answer) => answer.ok);
  const receipts = heard.flatMap(({ value }) => (value === null ? [] : [value]));
  const [first] = receipts;
  if (first === undefined) return heard.length > 0 ? { kind: "absent" } : unheard(answers);
  if (receipts.some((receipt) => !isSame(receipt, first)))
    return { kind: "disputed", receipt: first, detail: "the endpoints show different receipts" };
  if (first.result === "SUCCESS") {
    const other = receipts.find((receipt) => !isMeant(receipt, attempt));
    if (other === undefined) return { kind: "confirmed", receipt: first };
    return { kind: "disputed", receipt: other, detail: describeOther(other, attempt) };
  }
  if (receipts.length === answers.length) return { kind: "failed", receipt: first };
  return {
    kind: "unknown",
    reason: `one endpoint shows the result ${first.result}; all have to before it counts as failed`,
  };
};

const isMeant = ({ txid, transfers }: Receipt, attempt: Attempt): boolean => {
  const [transfer, ...others] = transfers;
  return (
    txid === attempt.txid &&
    others.length === 0 &&
    transfer !== undefined &&
    transfer.txid === attempt.txid &&
    transfer.token === attempt.token &&
    transfer.from === attempt.wallet &&
    transfer.to === attempt.recipient &&
    transfer.amountMicro === attempt.net_micro
  );
};

const describeOther = ({ txid, transfers }: Receipt, { recipient, net_micro }: Attempt): string => {
  const moved = transfers.map(({ to, amountMicro }) => `${toUsdt(amountMicro)} USDT to ${to}`);
  return (
    `transaction ${txid} moved ${moved.join(" and ") || "nothing"}, where exactly ` +
    `${toUsdt(net_micro)} USDT to ${recipient} was meant`
  );
};

const isSame = (a: Receipt, b: Receipt): boolean =>
  a.txid === b.txid && a.result === b.result && a.blockNumber === b.blockNumber;

const unheard = (answers: readonly Reading<Receipt | null>[]): ChainVerdict => {
  const reasons = answers.flatMap((answer) => (answer.ok ? [] : [answer.reason]));
  return { kind: "unknown", reason: reasons.join("; ") || "no endpoint is configured" };
};
