import { labelledHash, toHex } from "../bytes.ts";
import { encode } from "../canonical.ts";
import { ProtocolError } from "../error.ts";
import { entryProblem } from "./rules.ts";

/** What an entry is: the first word of its key. */
export type LedgerKind =
  | "reward"
  | "payout"
  | "payout_reversal"
  | "forfeit"
  | "adjustment"
  | "binding"
  | "wallet";

/** The other side of an entry. */
export type Contra = { account: string; amount_micro: string };

/** One immutable line on one account's hash-linked chain; amounts are integer micro-USDT strings. */
export type LedgerEntry = {
  account: string;
  /** from 0, without gaps */
  seq: number;
  /** unique in the whole ledger: why the entry exists */
  key: string;
  kind: LedgerKind;
  amount_micro: string;
  /** after this entry */
  balance_micro: string;
  /** ascending by account; with the amount they sum to zero */
  contra: Contra[];
  /** the recipient of a payout and its reversal, the decision's id of a forfeit or adjustment */
  ref?: string;
  /** of a reward */
  epoch?: number;
  /** version number */
  policy: number;
  /** Unix ms */
  at: number;
  /** hash of the entry before, 32 zero bytes for seq 0 */
  prev_hash: string;
  hash: string;
};

/** What a new entry says; the rest follows from the entry before it. Amounts in micro-USDT. */
export type LedgerDraft = {
  account: string;
  key: string;
  amountMicro: bigint;
  contra: readonly { account: string; amountMicro: bigint }[];
  ref?: string;
  epoch?: number;
  policy: number;
  at: number;
};

/** `prev_hash` of the first entry of an account. */
const NO_ENTRY_HASH = "00".repeat(32);

/** `H("lucid/ledger/v1\n" ‖ JCS(entry without hash))` in hex. */
export function entryHash(entry: Omit<LedgerEntry, "hash"> | LedgerEntry): string {
  const { hash: _, ...hashed } = entry as LedgerEntry;
  return toHex(labelledHash("ledger", encode(hashed)));
}

/**
 * The entry that follows `previous` (null: the account's first).
 * Throws `ledger.<rule>` when the draft breaks a rule of the ledger: `ledger.sum`, `ledger.balance`, …
 */
export function makeEntry(previous: LedgerEntry | null, draft: LedgerDraft): LedgerEntry {
  const { account, key, amountMicro, ref, epoch, policy, at } = draft;
  const unhashed = {
    account,
    seq: previous === null ? 0 : previous.seq + 1,
    key,
    kind: key.slice(0, key.indexOf(":")) as LedgerKind,
    amount_micro: amountMicro.toString(),
    balance_micro: (BigInt(previous?.balance_micro ?? "0") + amountMicro).toString(),
    contra: sortedContra(draft.contra),
    ...(ref === undefined ? {} : { ref }),
    ...(epoch === undefined ? {} : { epoch }),
    policy,
    at,
    prev_hash: previous?.hash ?? NO_ENTRY_HASH,
  };
  const entry = { ...unhashed, hash: entryHash(unhashed) };
  const problem = entryProblem(previous, entry);
  if (problem !== null)
    throw new ProtocolError(`ledger.${problem.code}`, `entry ${key}: ${problem.detail}`);
  return entry;
}

function sortedContra(contra: LedgerDraft["contra"]): Contra[] {
  return contra
    .map(({ account, amountMicro }) => ({ account, amount_micro: amountMicro.toString() }))
    .toSorted((a, b) => (a.account < b.account ? -1 : 1));
}
