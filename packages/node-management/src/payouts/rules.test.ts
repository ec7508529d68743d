import type { Receipt, TransferLog } from "@lucid/tron";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testNetwork, testPolicy } from "../testing/index.ts";
import type { Reservation } from "./days.ts";
import { judgeReceipts } from "./judge.ts";
import { dayOf, dueFrom, findFullCap, grossOf, hourOf } from "./rules.ts";

const policy = testPolicy(testNetwork());
const rules = {
  ...policy.payout,
  hour_cap_micro: "100",
  day_cap_micro: "250",
  day_count: 8,
  owner_day_count: 3,
};

describe("caps", () => {
  const wish = fc.record({
    owner_id: fc.constantFrom("a", "b", "c"),
    gross_micro: fc.bigInt({ min: 1n, max: 120n }),
    at: fc.integer({ min: 0, max: 10_799_999 }),
    by_person: fc.boolean(),
  });

  it("are never exceeded, and refuse nothing that fits", () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 30 }), (wishes) => {
        const made: Reservation[] = [];
        for (const [n, wanted] of wishes.entries()) {
          const all = [...made, { ...wanted, payout_id: String(n) }];
          const inHour = all.filter(
            ({ at, by_person }) => !by_person && hourOf(at) === hourOf(wanted.at),
          );
          const isWithin =
            sum(all) <= 250n &&
            (wanted.by_person || sum(inHour) <= 100n) &&
            all.length <= 8 &&
            all.filter(({ owner_id }) => owner_id === wanted.owner_id).length <= 3;
          expect(findFullCap(rules, made, wanted) === null).toBe(isWithin);
          if (isWithin) made.push({ ...wanted, payout_id: String(n) });
        }
      }),
    );
  });

  const sum = (reservations: readonly Reservation[]) =>
    reservations.reduce((total, { gross_micro }) => total + gross_micro, 0n);

  it("belong to a day and hour of UTC", () => {
    const lastMoment = Date.UTC(2025, 0, 31, 23, 59, 59, 999);
    expect(dayOf(lastMoment)).toBe("2025-01-31");
    expect(dayOf(lastMoment + 1)).toBe("2025-02-01");
    expect(hourOf(lastMoment + 1)).toBe(hourOf(lastMoment) + 1);
    expect(hourOf(lastMoment - 3_599_999)).toBe(hourOf(lastMoment));
  });
});

describe("what is due", () => {
  it("is at most the maximum, and at most the hour's cap unless a person decides", () => {
    const large = { ...policy.payout, maximum_micro: "500", hour_cap_micro: "300" };
    expect(grossOf(large, 200n)).toBe(200n);
    expect(grossOf(large, 1000n)).toBe(300n);
    expect(grossOf({ ...large, mode: "manual" }, 1000n)).toBe(500n);
    const oversight = { ...large, mode: "oversight" as const, oversight_above_micro: "400" };
    expect(grossOf(oversight, 1000n)).toBe(500n);
    expect(grossOf(oversight, 350n)).toBe(300n);
  });

  it("begins at the threshold, and at the minimum for a rest or an owner who has left", () => {
    const staying = { isRetired: false, restMicro: 0n, wishMicro: 0n };
    expect(dueFrom(policy, { ...staying, wishMicro: 20_000_000n })).toBe(20_000_000n);
    expect(dueFrom(policy, { ...staying, wishMicro: 2_000_000n })).toBe(10_000_000n);
    expect(dueFrom(policy, { ...staying, wishMicro: 20_000_000n, isRetired: true })).toBe(
      1_000_000n,
    );
    expect(dueFrom(policy, staying)).toBe(10_000_000n);
    expect(dueFrom(policy, { ...staying, isRetired: true })).toBe(1_000_000n);
    expect(dueFrom(policy, { ...staying, restMicro: 1_000_000n })).toBe(1_000_000n);
    expect(dueFrom(policy, { ...staying, restMicro: 999_999n })).toBe(10_000_000n);
  });
});

describe("what the chain says", () => {
  const attempt = { txid: "aa", token: "T", wallet: "W", recipient: "R", net_micro: 9n };
  const transfer: TransferLog = {
    txid: "aa",
    blockNumber: 5,
    token: "T",
    from: "W",
    to: "R",
    amountMicro: 9n,
  };
  const receipt = (changes: Partial<Receipt> = {}): Receipt => ({
    txid: "aa",
    blockNumber: 5,
    blockTimestampMs: 1,
    result: "SUCCESS",
    feeSun: 0n,
    energyUsed: 0n,
    transfers: [transfer],
    ...changes,
  });
  const shows = (value: Receipt | null) => ({ ok: true, value }) as const;
  const silent = { ok: false, code: "unreachable", reason: "no route" } as const;
  const kindOf = (...answers: Parameters<typeof judgeReceipts>[0][number][]) =>
    judgeReceipts(answers, attempt).kind;

  it("is unknown while nobody answers, and absent only when somebody says so", () => {
    expect(kindOf(silent, silent)).toBe("unknown");
    expect(kindOf(silent, shows(null))).toBe("absent");
    expect(kindOf()).toBe("unknown");
  });

  it("confirms a success with exactly the Transfer that was meant", () => {
    expect(kindOf(shows(receipt()))).toBe("confirmed");
    expect(kindOf(silent, shows(receipt()))).toBe("confirmed");
  });

  it.each([
    ["no Transfer", { transfers: [] }],
    ["two", { transfers: [transfer, transfer] }],
    ["another token", { transfers: [{ ...transfer, token: "X" }] }],
    ["another wallet", { transfers: [{ ...transfer, from: "X" }] }],
    ["another recipient", { transfers: [{ ...transfer, to: "X" }] }],
    ["another amount", { transfers: [{ ...transfer, amountMicro: 8n }] }],
    ["another transaction", { txid: "bb" }],
  ])("disputes a success with %s", (_, changes) => {
    expect(kindOf(shows(receipt(changes)))).toBe("disputed");
  });

  it("disputes a success that not every endpoint shows with that Transfer", () => {
    const other = shows(receipt({ transfers: [] }));
    expect(kindOf(shows(receipt()), other)).toBe("disputed");
    expect(kindOf(other, shows(receipt()))).toBe("disputed");
  });

  it("fails only when all endpoints show the same revert", () => {
    const reverted = shows(receipt({ result: "REVERT", transfers: [] }));
    expect(kindOf(reverted)).toBe("failed");
    expect(kindOf(reverted, reverted)).toBe("failed");
    expect(kindOf(reverted, shows(null))).toBe("unknown");
    expect(kindOf(reverted, silent)).toBe("unknown");
    expect(kindOf(reverted, shows(receipt()))).toBe("disputed");
    expect(kindOf(reverted, shows(receipt({ result: "OUT_OF_ENERGY" })))).toBe("disputed");
  });
});
