/** Why a transfer is not signed; stable words, each with a sentence of its own. */
export type Refusal =
  | "signer.request"
  | "signer.transfer"
  | "signer.fence"
  | "signer.head"
  | "signer.other_txid"
  | "signer.attempt_open"
  | "signer.attempt_order"
  | "signer.debit_missing"
  | "signer.debit_differs"
  | "signer.debit_fresh"
  | "signer.debit_old"
  | "signer.recipient"
  | "signer.reversed"
  | "signer.log"
  | "signer.chain"
  | "signer.chain_unknown"
  | "signer.journal_behind"
  | "signer.journal_unsure"
  | "signer.paid"
  | "signer.expired"
  | "signer.cap.fee"
  | "signer.cap.payout"
  | "signer.cap.hour"
  | "signer.cap.day"
  | "signer.cap.count";

export type Refused = { readonly ok: false; readonly code: Refusal; readonly detail: string };

/** What the signer answers: the signed transaction in hex, or a verdict. */
export type SignAnswer = { readonly ok: true; readonly signed: string } | Refused;

export const refuse = (code: Refusal, detail: string): Refused => ({ ok: false, code, detail });
