import { makeEntry, ownerAccount, payoutId, payoutKey, type LedgerEntry } from "@lucid/protocol";
import { expect, test } from "vitest";
import { auditBooks, type Books, type Transfer } from "./audit.ts";
import type { Payout } from "./observer.ts";

const wallet = "TWallet";
const recipient = "TRecipient";
const txid = "aa".repeat(32);
const account = ownerAccount(`owner_${"a".repeat(32)}`);
const id = payoutId("00".repeat(32), account, 1);

const reward = makeEntry(null, {
  account,
  key: `reward:7:node_${"b".repeat(32)}`,
  amountMicro: 20_000_000n,
  contra: [{ account: "rewards", amountMicro: -20_000_000n }],
  epoch: 7,
  policy: 1,
  at: 1000,
});
const debit = makeEntry(reward, {
  account,
  key: payoutKey(id),
  amountMicro: -20_000_000n,
  contra: [
    { account: "in_flight", amountMicro: 19_800_000n },
    { account: "fees", amountMicro: 200_000n },
  ],
  ref: recipient,
  policy: 1,
  at: 2000,
});
const payout = {
  payout_id: id,
  state: "confirmed",
  recipient,
  gross_usdt: "20.000000",
  net_usdt: "19.800000",
  fee_usdt: "0.200000",
  txid,
} as Payout;
const transfer: Transfer = { txid, from: wallet, to: recipient, amountMicro: "19800000" };

const audit = (more: Partial<Books> = {}) =>
  auditBooks(
    { entries: [debit, reward], payouts: [payout], transfers: [transfer], ...more },
    wallet,
  );

test("books that follow from each other have no problem", () => {
  expect(audit()).toEqual([]);
});

test("money that others moved on the chain is none of ours", () => {
  expect(
    audit({ transfers: [transfer, { ...transfer, from: "TOther", txid: "bb".repeat(32) }] }),
  ).toEqual([]);
});

const changed = (entry: LedgerEntry, change: Partial<LedgerEntry>): LedgerEntry => ({
  ...entry,
  ...change,
});

test.each<[string, Partial<Books>]>([
  ["an entry was altered", { entries: [debit, changed(reward, { at: 1001 })] }],
  ["an entry is missing", { entries: [debit] }],
  ["an entry stands twice", { entries: [debit, reward, reward] }],
  ["the payout has no debit", { entries: [reward] }],
  ["the payout is larger than its debit", { payouts: [{ ...payout, gross_usdt: "20.000001" }] }],
  ["the payout goes to somebody else", { payouts: [{ ...payout, recipient: "TThief" }] }],
  ["it was paid twice", { transfers: [transfer, { ...transfer, txid: "cc".repeat(32) }] }],
  ["one transaction moved it twice", { transfers: [transfer, transfer] }],
  ["it is confirmed but never arrived", { transfers: [] }],
  ["another amount arrived", { transfers: [{ ...transfer, amountMicro: "19800001" }] }],
])("it is noticed when %s", (_, books) => {
  expect(audit(books)).not.toEqual([]);
});
