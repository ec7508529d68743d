import { describe, expect, it } from "vitest";
import { nextRecords } from "./changes.ts";
import type { PayoutChange, PayoutDocument } from "./documents.ts";

const change = (state: PayoutChange["state"], at: number): PayoutChange => ({
  state,
  attempt: 1,
  at,
  made_at: at,
});

const payout = (changes: PayoutChange[], sealed_slots: number[] = []): PayoutDocument => ({
  id: "payout_a",
  owner_id: "owner_a",
  account: "owner:owner_a",
  seq: 3,
  recipient: "T",
  gross_micro: 10n,
  net_micro: 9n,
  fee_micro: 1n,
  policy: 1,
  created_at: 1000,
  state: changes.at(-1)?.state ?? "created",
  why: "",
  fence: 1,
  changed_at: 1000,
  parked: false,
  changes,
  decisions: [],
  expiries: [],
  sealed_slots,
  is_sealed: false,
  unwitnessed: false,
  reversal: "none",
  attempt: 1,
});

const next = (changes: PayoutChange[], sealed: number[] = [], dueUntil = Infinity) =>
  nextRecords(payout(changes, sealed), ({ made_at }) => made_at <= dueUntil).map(
    ({ state }) => state,
  );

describe("what a block may tell of a payout", () => {
  const all = [change("created", 1000), change("approved", 1001), change("signed", 1002)];

  it("is everything that was not told, when its leaves stand in the order of the changes", () => {
    expect(next(all)).toEqual(["created", "approved", "signed"]);
    expect(next(all, [7])).toEqual(["approved", "signed"]);
    expect(next(all, [7, 7, 8])).toEqual([]);
  });

  it("ends before a change that is not due yet", () => {
    expect(next(all, [], 1001)).toEqual(["created", "approved"]);
    expect(next(all, [], 999)).toEqual([]);
  });

  it("ends before a change whose leaf would stand before that of the one it follows", () => {
    const behind = [change("created", 1001), change("approved", 1000), change("signed", 1002)];
    expect(next(behind)).toEqual(["created"]);
    expect(next(behind, [7])).toEqual(["approved", "signed"]);
    expect(next([change("created", 1000), change("approved", 1000)])).toEqual(["created"]);
    expect(next([change("approved", 1000), change("signed", 1000)])).toEqual([
      "approved",
      "signed",
    ]);
  });
});
