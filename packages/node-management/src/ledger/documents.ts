import type { LedgerEntry, LedgerKind } from "@lucid/protocol";
import { defineCollection, int64 } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";
import { sealedSlot } from "../shared/sealed.ts";

const LedgerDocument = Type.Object({
  id: Type.String(),
  account: Type.String(),
  seq: Type.Integer({ minimum: 0 }),
  key: Type.String(),
  kind: Type.Unsafe<LedgerKind>(Type.String()),
  amount_micro: int64(),
  balance_micro: int64(),
  contra: Type.Array(Type.Object({ account: Type.String(), amount_micro: int64() })),
  in_flight_micro: int64(),
  fees_micro: int64(),
  ref: Type.Optional(Type.String()),
  epoch: Type.Optional(Type.Integer()),
  policy: Type.Integer(),
  at: Type.Integer(),
  prev_hash: Type.String(),
  hash: Type.String(),
  sealed_slot: sealedSlot(),
});

/** One entry at rest; `in_flight_micro` and `fees_micro` repeat what `contra` says, so that totals are sums. */
export type LedgerDocument = Static<typeof LedgerDocument>;

/** Few indexes: an epoch adds an entry to a hundred thousand accounts, and each index is as many pages written. */
export const ledgerCollection = defineCollection({
  name: "ledger",
  schema: LedgerDocument,
  unique: [["key"]],
  indexes: [["account", "seq"], ["kind", "at"], ["at"], ["sealed_slot", "at"]],
});

export const ledgerCollections = [ledgerCollection];

/** Micro-USDT that an entry moves to another account than its own. */
export const contraOf = (entry: LedgerEntry, account: string): bigint =>
  BigInt(entry.contra.find((part) => part.account === account)?.amount_micro ?? "0");

export const entryId = (account: string, seq: number): string => `${account}#${seq}`;

export const entryToDocument = (entry: LedgerEntry): LedgerDocument => ({
  ...entry,
  id: entryId(entry.account, entry.seq),
  amount_micro: BigInt(entry.amount_micro),
  balance_micro: BigInt(entry.balance_micro),
  contra: entry.contra.map((part) => ({
    account: part.account,
    amount_micro: BigInt(part.amount_micro),
  })),
  in_flight_micro: contraOf(entry, "in_flight"),
  fees_micro: contraOf(entry, "fees"),
  sealed_slot: null,
});

/** The entry with exactly the fields that were hashed. */
export const documentToEntry = (document: LedgerDocument): LedgerEntry => {
  const {
    id: _id,
    in_flight_micro: _inFlight,
    fees_micro: _fees,
    sealed_slot: _sealed,
    ...entry
  } = document;
  return {
    ...entry,
    amount_micro: entry.amount_micro.toString(),
    balance_micro: entry.balance_micro.toString(),
    contra: entry.contra.map((part) => ({
      account: part.account,
      amount_micro: part.amount_micro.toString(),
    })),
  };
};
