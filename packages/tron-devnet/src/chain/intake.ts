import type { Store } from "../store/store.ts";
import type { Fate } from "../store/transactions.ts";
import { admit } from "./admission.ts";
import type { ChainView, Rejection, RejectionCode } from "./admission.ts";
import type { Faults, Hit, TransactionFault } from "./faults.ts";
import { parseTransferCall } from "./token.ts";
import type { Transaction } from "./transaction.ts";

export type Broadcast =
  | { accepted: true; txid: string; answer: "given" | "lost" | "error" }
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
    store.addPending({ txid, bytes, fate: fateOf(hit, view().head.number) });
    return { accepted: true, txid, answer: answerOf(hit) };
  };
}

const FATES: readonly (readonly [TransactionFault, Fate])[] = [
  ["never_included", "never"],
  ["reorganised", "undo"],
  ["reverted", "revert"],
  ["out_of_energy", "energy"],
  ["fee_on", "fee"],
  ["sender_frozen", "frozen"],
];

/** Blocks that a transaction stays outside for when nothing else is said. */
const LATE_BLOCKS = 10;

function fateOf(hit: Hit, headNumber: number): Fate {
  const late = hit.get("accepted_late");
  if (late !== undefined) return `late:${headNumber + 1 + (late.blocks ?? LATE_BLOCKS)}`;
  return FATES.find(([kind]) => hit.has(kind))?.[1] ?? "include";
}

function answerOf(hit: Hit): "given" | "lost" | "error" {
  if (hit.has("answer_lost")) return "lost";
  return hit.has("answer_error") ? "error" : "given";
}
