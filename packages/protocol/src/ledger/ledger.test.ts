import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeId } from "../identity.ts";
import { toHex } from "../bytes.ts";
import { verifyChain } from "./chain.ts";
import { entryHash, makeEntry } from "./entry.ts";
import type { LedgerDraft, LedgerEntry } from "./entry.ts";
import { ownerAccount, payoutId, payoutKey, payoutReversalKey, rewardKey } from "./keys.ts";

const account = ownerAccount(`owner_${"a".repeat(32)}`);
const network = "ab".repeat(32);
const ref = "TCLBgkbfVkJroVBJVqBEsxtPNQEQMTQCLQ";
const node = nodeId(toHex(new Uint8Array(32)));
const base = { account, policy: 1, at: 1_795_000_000_000 };

function reward(epoch: number, amountMicro: bigint): LedgerDraft {
  return {
    ...base,
    key: rewardKey(epoch, node),
    amountMicro,
    contra: [{ account: "rewards", amountMicro: -amountMicro }],
    epoch,
  };
}

function payout(seq: number, gross: bigint, fee: bigint): LedgerDraft {
  const contra = [
    { account: "in_flight", amountMicro: gross - fee },
    { account: "fees", amountMicro: fee },
  ];
  return {
    ...base,
    key: payoutKey(payoutId(network, account, seq)),
    amountMicro: -gross,
    contra,
    ref,
  };
}

function reversal({ key, amountMicro, contra }: LedgerDraft): LedgerDraft {
  const back = contra.map((line) => ({ account: line.account, amountMicro: -line.amountMicro }));
  return {
    ...base,
    key: payoutReversalKey(key.slice("payout:".length)),
    amountMicro: -amountMicro,
    contra: back,
    ref,
  };
}

/** Rewards, payouts of a share of the balance, some of them given back. */
const history = fc.array(
  fc.record({
    earned: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    percent: fc.bigInt({ min: 0n, max: 100n }),
    isReversed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);
type History = readonly { earned: bigint; percent: bigint; isReversed: boolean }[];

function play(events: History): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  const append = (draft: LedgerDraft) => entries.push(makeEntry(entries.at(-1) ?? null, draft));
  for (const [epoch, { earned, percent, isReversed }] of events.entries()) {
    append(reward(epoch, earned));
    const gross = (BigInt(entries.at(-1)?.balance_micro ?? "0") * percent) / 100n;
    if (gross < 2n) continue;
    const debit = payout(entries.length, gross, 1n);
    append(debit);
    if (isReversed) append(reversal(debit));
  }
  return entries;
}

describe("a chain of entries", () => {
  test("holds, and its last balance is what was earned less what was paid", () => {
    fc.assert(
      fc.property(history, (events) => {
        const entries = play(events);
        expect(verifyChain(entries)).toEqual({ ok: true });
        const sum = entries.reduce((total, { amount_micro }) => total + BigInt(amount_micro), 0n);
        expect(entries.at(-1)?.balance_micro).toBe(sum.toString());
      }),
    );
  });

  test("breaks when any field of any entry changes", () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.nat(), (events, at, which) => {
        const entries = structuredClone(play(events));
        const entry = entries[at % entries.length] as Record<string, unknown> & LedgerEntry;
        const fields = Object.keys(entry);
        const field = fields[which % fields.length] as string;
        const value = entry[field];
        entry[field] = typeof value === "number" ? value + 1 : `${String(value)}0`;
        expect(verifyChain(entries)).toMatchObject({ ok: false, seq: at % entries.length });
      }),
    );
  });

  test("breaks when an entry is left out, unless it is the last", () => {
    fc.assert(
      fc.property(history, fc.nat(), (events, at) => {
        const entries = play(events);
        const gap = at % entries.length;
        const shortened = entries.toSpliced(gap, 1);
        expect(verifyChain(shortened).ok).toBe(gap === entries.length - 1);
      }),
    );
  });
});

describe("an entry", () => {
  const first = makeEntry(null, reward(1, 10_000_000n));

  test("names what it is for and links to the one before", () => {
    const second = makeEntry(first, payout(1, 10_000_000n, 100_000n));
    expect(second).toMatchObject({
      seq: 1,
      kind: "payout",
      amount_micro: "-10000000",
      balance_micro: "0",
      contra: [
        { account: "fees", amount_micro: "100000" },
        { account: "in_flight", amount_micro: "9900000" },
      ],
      prev_hash: first.hash,
    });
    expect(entryHash(second)).toBe(second.hash);
    expect("epoch" in second).toBe(false);
  });

  test.each<[string, LedgerDraft]>([
    ["negative", payout(1, 10_000_001n, 1n)],
    ["sum", { ...reward(2, 5n), contra: [{ account: "rewards", amountMicro: -4n }] }],
    ["sign", reward(2, 0n)],
    ["account", { ...reward(2, 5n), account: ownerAccount(`owner_${"b".repeat(32)}`) }],
    ["optional", { ...reward(2, 5n), ref }],
    [
      "contra",
      {
        ...payout(1, 4n, 2n),
        contra: [
          { account: "fees", amountMicro: 2n },
          { account: "fees", amountMicro: 2n },
        ],
      },
    ],
    ["fields", { ...reward(2, 5n), key: "gift:1" }],
    ["fields", { ...reward(2, 2n ** 63n), at: 1 }],
  ])("is refused by the rule %s", (rule, draft) => {
    expect(() => makeEntry(first, draft)).toThrow(
      expect.objectContaining({ code: `ledger.${rule}` }),
    );
  });
});
