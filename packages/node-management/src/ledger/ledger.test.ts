import { createTestClock } from "@lucid/platform/clock";
import { type Documents, openDocuments } from "@lucid/platform/documents";
import { createEvents } from "@lucid/platform/events";
import { createMetrics } from "@lucid/platform/metrics";
import { ownerAccount, payoutId, payoutKey, payoutReversalKey, rewardKey } from "@lucid/protocol";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testNetwork, testPolicy } from "../testing/index.ts";
import { ledgerCollection, ledgerCollections } from "./documents.ts";
import { createLedger, type EntryRequest, type Ledger } from "./index.ts";

const network = testNetwork();
const policy = testPolicy(network);
const clock = createTestClock(network.genesis.origin_ms + 450 * network.genesis.slot_ms);
const at = clock.now();
const account = ownerAccount(`owner_${"a".repeat(32)}`);
const other = ownerAccount(`owner_${"b".repeat(32)}`);

let documents: Documents;
const openLedger = (over: Pick<Documents, "collection"> = documents): Ledger =>
  createLedger({
    documents: over,
    network,
    clock,
    policies: { forSlot: () => policy },
    events: createEvents(),
    metrics: createMetrics(),
  });

beforeEach(async () => {
  documents = await openDocuments({ engine: "sqlite", path: ":memory:" }, ledgerCollections);
});
afterEach(() => documents[Symbol.asyncDispose]());

const node = (n: number) =>
  `node_${String(n)
    .padStart(32, "a")
    .replaceAll(/[0189]/g, "b")}${n}`;
const reward = (n: number, amountMicro: bigint, to = account, epoch = 30): EntryRequest => ({
  account: to,
  key: rewardKey(epoch, node(n)),
  amountMicro,
  contra: [{ account: "rewards", amountMicro: -amountMicro }],
  epoch,
  policy: 1,
  at,
});
const payout = (seq: number, gross: bigint, fee: bigint, to = account): EntryRequest => ({
  account: to,
  seq,
  key: payoutKey(payoutId(network.networkId, to, seq)),
  amountMicro: -gross,
  contra: [
    { account: "in_flight", amountMicro: gross - fee },
    { account: "fees", amountMicro: fee },
  ],
  ref: "TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf",
  policy: 1,
  at,
});

describe("append", () => {
  it("links entries and keeps the balance", async () => {
    const ledger = openLedger();
    await ledger.append(reward(1, 10_000_000n));
    await ledger.append(reward(2, 5n));
    const paid = await ledger.append(payout(2, 10_000_000n, 100_000n));
    expect(paid).toMatchObject({ outcome: "appended", entry: { seq: 2, balance_micro: "5" } });
    expect(await ledger.balance(account)).toBe(5n);
    expect(await ledger.verify()).toEqual({ ok: true, accounts: 1, entries: 3 });
    expect(await ledger.totals(account)).toEqual({
      earnedMicro: 10_000_005n,
      paidOutMicro: 10_000_000n,
      otherMicro: 0n,
      owedMicro: 5n,
      inFlightMicro: 9_900_000n,
      feesMicro: 100_000n,
    });
  });

  it("finds what an earlier try left, also later", async () => {
    const ledger = openLedger();
    const first = await ledger.append(reward(1, 7n));
    await ledger.append(reward(2, 7n));
    const again = await ledger.append(reward(1, 7n));
    expect(first.outcome).toBe("appended");
    expect(again).toMatchObject({ outcome: "present", entry: { seq: 0 } });
    expect(await ledger.balance(account)).toBe(14n);
  });

  it.each([
    ["amount", reward(1, 8n)],
    ["account", reward(1, 7n, other)],
    ["policy", { ...reward(1, 7n), policy: 2 }],
  ])("raises an alarm when the key is there with another %s", async (_, request) => {
    const ledger = openLedger();
    await ledger.append(reward(1, 7n));
    expect(await ledger.append(request)).toMatchObject({
      outcome: "conflict",
      code: "ledger.integrity",
    });
  });

  it("voids a payout whose place was taken, and finds one that was made", async () => {
    const ledger = openLedger();
    await ledger.append(reward(1, 20_000_000n));
    const decided = payout(1, 10_000_000n, 100_000n);
    await ledger.append(reward(2, 1n));
    expect(await ledger.append(decided)).toEqual({ outcome: "moved" });
    await ledger.append(payout(2, 10_000_000n, 100_000n));
    await ledger.append(reward(3, 1n));
    const again = await ledger.append(payout(2, 10_000_000n, 100_000n));
    expect(again).toMatchObject({ outcome: "present", entry: { seq: 2 } });
  });

  it("never takes a balance below zero", async () => {
    const ledger = openLedger();
    await ledger.append(reward(1, 5n));
    expect(await ledger.append(payout(1, 6n, 1n))).toEqual({ outcome: "short" });
    expect(await ledger.balance(account)).toBe(5n);
  });

  it("settles a lost answer by reading", async () => {
    for (const wasWritten of [true, false]) {
      let lost = false;
      const losing: Pick<Documents, "collection"> = {
        collection: (definition) => {
          const real = documents.collection(definition);
          return {
            ...real,
            insert: async (document) => {
              if (lost) return real.insert(document);
              lost = true;
              if (wasWritten) await real.insert(document);
              return { outcome: "unknown", reason: "lost" };
            },
          };
        },
      };
      await openLedger(losing).append(reward(wasWritten ? 1 : 2, 3n));
    }
    expect(await openLedger().verify()).toEqual({ ok: true, accounts: 1, entries: 2 });
  });
});

describe("rewards of an epoch", () => {
  it("go in once and in order, wherever an earlier try stopped", async () => {
    const all = Array.from({ length: 40 }, (_, n) =>
      reward(n + 10, BigInt(n + 1), n % 3 === 0 ? other : account),
    );
    for (const stopAt of [0, 1, 17, 40]) {
      const ledger = openLedger();
      await ledger.appendRewards(all.slice(0, stopAt));
      await Promise.all([ledger.appendRewards(all), openLedger().appendRewards(all)]);
      for (const of of [account, other]) {
        const keys = (await ledger.entries(of)).map(({ key }) => key);
        expect(keys).toEqual(all.filter((one) => one.account === of).map(({ key }) => key));
      }
      expect(await ledger.verify()).toMatchObject({ ok: true, entries: 40 });
    }
  });

  it("raise an alarm when one is there with another amount", async () => {
    const ledger = openLedger();
    await ledger.append(reward(2, 99n));
    const appended = await ledger.appendRewards([reward(1, 1n), reward(2, 2n)]);
    expect(appended).toMatchObject({ outcome: "conflict", code: "ledger.integrity" });
  });
});

describe("binding", () => {
  const binding = {
    chainGenesisId: "11".repeat(32),
    token: "TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf",
    wallet: "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
  };

  it("is made once and compared ever after, also by two that start at once", async () => {
    const both = await Promise.all([openLedger().bind(binding), openLedger().bind(binding)]);
    expect(both).toEqual([{ ok: true }, { ok: true }]);
    expect(await openLedger().bind(binding)).toEqual({ ok: true });
    const entries = await openLedger().entries("network");
    expect(entries.map(({ amount_micro, kind }) => [kind, amount_micro])).toEqual([
      ["binding", "0"],
      ["wallet", "0"],
    ]);
    expect(await openLedger().verify()).toMatchObject({ ok: true });
  });

  it.each([
    ["ledger.other_chain", { chainGenesisId: "22".repeat(32) }],
    ["ledger.other_chain", { token: "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t" }],
    ["ledger.other_wallet", { wallet: "TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf" }],
  ])("refuses with %s what it was not made for", async (code, other) => {
    await openLedger().bind(binding);
    expect(await openLedger().bind({ ...binding, ...other })).toMatchObject({ ok: false, code });
    expect(await openLedger().entries("network")).toHaveLength(2);
  });

  it("lets one of two different payers win, never a mixture", async () => {
    const others = { chainGenesisId: "22".repeat(32), token: binding.token, wallet: binding.token };
    const verdicts = await Promise.all([openLedger().bind(binding), openLedger().bind(others)]);
    expect(verdicts.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await openLedger().entries("network")).toHaveLength(2);
  });
});

describe("verify", () => {
  const damage = async (patch: Record<string, unknown>) => {
    const ledger = openLedger();
    for (let n = 1; n <= 3; n++) await ledger.append(reward(n, 5n));
    await documents.collection(ledgerCollection).update(`${account}#1`, patch, { expect: {} });
    return ledger.verify();
  };

  it.each([
    ["ledger.hash", { at: 1 }],
    ["ledger.hash", { hash: "00".repeat(32) }],
    ["ledger.sum", { amount_micro: 6n }],
    ["ledger.hash", { balance_micro: 999n }],
    ["ledger.filing", { fees_micro: 1n }],
    ["ledger.seq", { seq: 7 }],
  ])("finds %s", async (code, patch) => {
    expect(await damage(patch)).toMatchObject({ ok: false, account, code });
  });
});

describe("racing writers", () => {
  const step = fc.record({
    writer: fc.integer({ min: 0, max: 3 }),
    account: fc.constantFrom(account, other),
    what: fc.constantFrom("reward", "again", "payout", "reversal", "batch"),
    amount: fc.bigInt({ min: 1n, max: 50_000_000n }),
  });

  it("keep every invariant, whatever they do at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 8 }),
        async (turns) => {
          await using store = await openDocuments(
            { engine: "sqlite", path: ":memory:" },
            ledgerCollections,
          );
          const writers = Array.from({ length: 4 }, () => openLedger(store));
          let made = 0;
          for (const turn of turns) {
            await Promise.all(
              turn.map(async ({ writer, account: to, what, amount }) => {
                const ledger = writers[writer] as Ledger;
                if (what === "reward") await ledger.append(reward(++made, amount, to));
                if (what === "again") await ledger.append(reward(1_000_000, 3n, account));
                if (what === "batch")
                  await ledger.appendRewards(
                    [1, 2, 3].map((n) => reward(2_000_000 + n, 9n, account)),
                  );
                if (what === "payout") await payWhole(ledger, to);
                if (what === "reversal") await giveBack(ledger, to);
              }),
            );
          }
          expect(await writers[0]?.verify()).toMatchObject({ ok: true });
          const totals = await (writers[0] as Ledger).totals();
          expect(totals.paidOutMicro).toBe(totals.inFlightMicro + totals.feesMicro);
          expect(totals.owedMicro).toBe(totals.earnedMicro - totals.paidOutMicro);
          expect(totals.owedMicro >= 0n && totals.paidOutMicro <= totals.earnedMicro).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  const payWhole = async (ledger: Ledger, to: string) => {
    const last = await ledger.last(to);
    if (last === null || BigInt(last.balance_micro) < 1_000_000n) return;
    await ledger.append(payout(last.seq + 1, BigInt(last.balance_micro), 100_000n, to));
  };
  const giveBack = async (ledger: Ledger, to: string) => {
    const paid = (await ledger.entries(to)).findLast(({ kind }) => kind === "payout");
    if (paid === undefined) return;
    await ledger.append({
      account: to,
      key: payoutReversalKey(paid.key.replace("payout:", "")),
      amountMicro: -BigInt(paid.amount_micro),
      contra: paid.contra.map((part) => ({
        account: part.account,
        amountMicro: -BigInt(part.amount_micro),
      })),
      ref: paid.ref as string,
      policy: 1,
      at,
    });
  };
});
