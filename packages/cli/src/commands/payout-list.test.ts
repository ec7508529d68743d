import { expect, test } from "vitest";
import { describePayout, type Payout } from "./payout-list.ts";

const TXID = "5f".repeat(32);
const at = "2026-11-22T04:00:00.000Z";

const decided = (decision: Partial<Payout["decisions"][number]>): Payout["decisions"][number] => ({
  act: "cancel",
  by: "ann",
  at,
  reason: "looked at it",
  attempt: 1,
  give_back_usdt: null,
  txid: null,
  ...decision,
});

const payoutWith = (decisions: Payout["decisions"]): Payout => ({
  payout_id: `payout_${"a".repeat(26)}`,
  owner_id: `owner_${"a".repeat(32)}`,
  state: "confirmed",
  why: "Paid.",
  attempt: 1,
  attempt_to_decide: 1,
  recipient: "TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf",
  gross_usdt: "20.000000",
  net_usdt: "19.800000",
  fee_usdt: "0.200000",
  wallet: null,
  txid: null,
  block: null,
  explorer_url: null,
  unwitnessed: false,
  changes: [],
  decisions,
  closed: null,
  sealed: null,
  policy: 0,
  created_at: at,
  changed_at: at,
});

test.each([
  [decided({}), "cancel by ann, attempt 1: looked at it"],
  [decided({ act: "attribute", txid: TXID }), `record (${TXID} paid it) by ann, attempt 1`],
  [decided({ act: "close", give_back_usdt: "1.500000" }), "close (1.500000 USDT back) by ann"],
])("a decision is said as people type it, with what it is about: $act", (decision, words) => {
  expect(describePayout(payoutWith([decision]))).toContain(`${at}  ${words}`);
});
