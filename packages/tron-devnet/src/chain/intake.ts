import type { Store } from "../store/store.ts";
import type { Fate } from "../store/transactions.ts";
import { admit } from "./admission.ts";
import type { ChainView, Rejection, RejectionCode } from "./admission.ts";
import type { FaultKind, Faults } from "./faults.ts";
import { parseTransferCall } from "./token.ts";
import type { Transaction } from "./transaction.ts";

export type Broadcast =
  | { accepted: true; txid: string; answerLost: boolean }
  | { accepted: false; txid: string; code: RejectionCode; message: string };

const DUPLICATE: Rejection = { code: "DUP_TRANSACTION_ERROR", message: "Dup transaction." };
const MAX_REJECTED = 100_000;

/** The node's door for transactions. An accepted one is durable before the answer. */
export function createIntake(deps: { store: Store; faults: Faults; view: () => ChainView }) {
  const { store, faults, view } = deps;
  const rejected = new Set<string>();

  const isKnown = (txid: string): boolean =>
    rejected.has(txid) || store.pendingByTxid(txid) !== null || store.transaction(txid) !== null;

  /** java-tron's cache is keyed by txid and does not care why a transaction was refused. */
  const remember = (txid: string): void => {
    rejected.add(txid);
    const [oldest] = rejected;
    if (rejected.size > MAX_REJECTED && oldest !== undefined) rejected.delete(oldest);
  };

  return function broadcast(transaction: Transaction): Broadcast {
    const { txid, bytes } = transaction;
    const refusal = isKnown(txid) ? DUPLICATE : admit(transaction, view());
    if (refusal !== null) {
      remember(txid);
      return { accepted: false, txid, ...refusal };
    }
    const transfer = parseTransferCall(transaction.call?.data ?? "");
    const hit = faults.take(transfer?.to ?? null);
    store.addPending({ txid, bytes, fate: fateOf(hit) });
    return { accepted: true, txid, answerLost: hit.has("answer_lost") };
  };
}

function fateOf(faults: Set<FaultKind>): Fate {
  if (faults.has("never_included")) return "never";
  return faults.has("reverted") ? "revert" : "include";
}
