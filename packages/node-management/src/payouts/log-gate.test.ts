import { setImmediate as nextTurn } from "node:timers/promises";
import { compareBytes, type PayoutRecord, recordLeaf, slotAt } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPayerWorld, type PayerWorld } from "../testing/payer-world.ts";
import { payoutCollection } from "./documents.ts";
import { createPayoutSource, type PublicLog } from "./index.ts";

const GROSS = 20_000_000n;
const DELAY = 5;

let world: PayerWorld;
let log: { sealedSlot: number | null; size: number };
const publicLog: PublicLog = {
  sealedSlot: async () => log.sealedSlot,
  size: () => log.size,
};

beforeEach(async () => {
  world = await createPayerWorld({ rules: { unwitnessed_delay_slots: DELAY } });
  await world.earn(await world.owner("a"), GROSS);
  log = { sealedSlot: null, size: 0 };
});
afterEach(() => world[Symbol.asyncDispose]());

const genesis = () => world.services.network.genesis;
const slotNow = () => slotAt(genesis(), world.services.clock.now());
const only = async () => {
  const [payout] = (await world.start().payouts.list({})).items;
  if (payout === undefined) throw new Error("there is no payout");
  return payout;
};

describe("a payout", () => {
  it("waits for its debit to be sealed, published and open for the delay, and says so to its owner", async () => {
    const payer = world.start({ publicLog });
    await payer.run();
    expect(await only()).toMatchObject({
      state: "approved",
      why: "waits: its debit is not in the public log yet; it is sealed within a slot or two",
    });
    log.sealedSlot = slotNow();
    const height = log.sealedSlot - genesis().first_slot;
    await payer.run();
    expect((await only()).why).toBe(
      `waits: block ${height} of the log, with its debit, is sealed but not published yet`,
    );
    log.size = height + 1;
    await payer.run();
    expect((await only()).why).toMatch(
      /no committee of nodes has cosigned; it lies open for 5 slots before anything is signed, until 20.* UTC$/,
    );
    const [owner] = world.services.registry.owners();
    if (owner === undefined) throw new Error("there is no owner");
    expect(await payer.payouts.explainWait(owner)).toMatch(/^A payout of 20.000000 USDT is on/);

    while (slotNow() < log.sealedSlot + DELAY) {
      await payer.run();
      expect(await only()).toMatchObject({ state: "approved", unwitnessed: false });
      await world.mine(1);
    }
    await world.finish(payer);
    expect(await only()).toMatchObject({ state: "confirmed", unwitnessed: true });
  });
});

describe("the records of a payout", () => {
  const seal = async (slot: number): Promise<readonly PayoutRecord[]> => {
    const { network } = world.services;
    const source = createPayoutSource({ documents: world.store, network });
    const sealing = { slot, startMs: 0, endMs: 0, closesMs: 0 };
    const records = await source.collect(sealing);
    await source.mark(slot, records);
    await source.mark(slot, records);
    return records;
  };
  const openAtOnce: PublicLog = {
    sealedSlot: async () => slotNow() - DELAY,
    size: () => Number.POSITIVE_INFINITY,
  };

  it("tell every change that its owner could see, in their order, each once", async () => {
    const payer = world.start({ publicLog: openAtOnce });
    await world.finish(payer);
    const payout = await only();
    const records: PayoutRecord[] = [];
    for (let slot = slotNow(); slot < slotNow() + 4; slot++) records.push(...(await seal(slot)));
    expect(records.map(({ state, attempt }) => [state, attempt])).toEqual([
      ["created", 1],
      ["approved", 1],
      ["signed", 1],
      ["confirmed", 1],
    ]);
    const [created, approved, signed, confirmed] = records;
    expect(created).toMatchObject({ at: payout.created_at, gross_micro: "20000000" });
    expect(approved).toMatchObject({ at: payout.approved_at });
    expect(signed).toMatchObject({ at: payout.timestamp_ms, txid: payout.txid });
    expect(confirmed).toMatchObject({ at: payout.block_at, tron_block: payout.block });
    expect(await only()).toMatchObject({ is_sealed: true, sealed_slots: { length: 4 } });
    expect(await seal(slotNow() + 9)).toEqual([]);
  });

  it("of one block stand in the order of the changes, whatever part of them a full block leaves out", async () => {
    await world.finish(world.start({ publicLog: openAtOnce }));
    for (let slot = slotNow(); slot < slotNow() + 4; slot++) {
      const leaves = (await seal(slot)).map((record) => recordLeaf("payout", record));
      expect(leaves).toEqual(leaves.toSorted(compareBytes));
    }
  });

  it("are not of a moment after the slot", async () => {
    await world.start({ publicLog }).run();
    expect(await seal(slotNow() - 1)).toEqual([]);
    expect(await seal(slotNow())).not.toEqual([]);
  });

  it("are marked while the payer goes on, and neither undoes what the other wrote", async () => {
    const payer = world.start({ publicLog: openAtOnce });
    const finished = new AbortController();
    const paying = world.finish(payer).finally(() => finished.abort());
    let rounds = 0;
    for (; !finished.signal.aborted; rounds++) {
      await seal(slotNow());
      await nextTurn();
    }
    await paying;
    for (let slot = slotNow(); slot < slotNow() + 4; slot++) await seal(slot);
    const stored = await world.store.collection(payoutCollection).get((await only()).id);
    expect(stored?.changes.map(({ state }) => state)).toEqual([
      "created",
      "approved",
      "signed",
      "confirmed",
    ]);
    expect(stored?.sealed_slots).toHaveLength(4);
    expect(stored?.sealed_slots).toEqual(stored?.sealed_slots.toSorted((a, b) => a - b));
    expect(rounds).toBeGreaterThan(1);
  });

  it("are refused when they say that a change stands in two blocks", async () => {
    await world.start({ publicLog }).run();
    const [record] = await seal(slotNow());
    const { network } = world.services;
    const source = createPayoutSource({ documents: world.store, network });
    if (record === undefined) throw new Error("nothing was sealed");
    await expect(source.mark(slotNow() + 1, [record])).rejects.toMatchObject({
      code: "sealing.twice",
    });
  });
});
