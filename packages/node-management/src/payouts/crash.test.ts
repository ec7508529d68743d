import { afterEach, beforeEach, expect, it } from "vitest";
import { type TestNode, unlimitedPay } from "../testing/index.ts";
import { createKillSwitch, type Harm } from "../testing/kill-switch.ts";
import {
  createPayerWorld,
  type PayerProcess,
  type PayerWorld,
  SOLID_AFTER,
} from "../testing/payer-world.ts";

/** Each schedule harms one write or chain call of a process that pays; a second process then finishes what is left. */
type Plan = {
  readonly harms: readonly Harm[];
  /** What goes wrong on the chain in each schedule. */
  readonly faults: readonly Parameters<PayerWorld["devnet"]["fault"]>[0][];
  /** The life of a process. */
  readonly live: (process: PayerProcess) => Promise<void>;
};

const EARNED = 20_000_000n;

let world: PayerWorld;
let node: TestNode;
const open = async () => {
  world = await createPayerWorld({ rules: unlimitedPay, chain: "in memory" });
  node = await world.owner("a");
};
const close = () => world[Symbol.asyncDispose]();
beforeEach(open);
afterEach(close);

const play = async (plan: Plan, { at, harm }: { at: number; harm: Harm }): Promise<boolean> => {
  await world.earn(node, EARNED);
  world.devnet.clearFaults();
  for (const fault of plan.faults) world.devnet.fault(fault);
  const kill = createKillSwitch({ at, harm });
  const doomed = world.start({
    documents: (store) => kill.documents(store),
    chain: (port) => kill.chain(port),
  });
  await plan.live(doomed).catch(() => null);
  // What is built now is another transaction than what may have been sent before.
  await world.mine(SOLID_AFTER + 1);
  await plan.live(world.start());
  return kill.operations >= at;
};

/** Explores until a schedule's operation is never reached; tells how much was earned on the way. */
const explore = async (plan: Plan): Promise<{ schedules: number; earnedMicro: bigint }> => {
  let schedules = 0;
  for (const harm of plan.harms) {
    for (let at = 1; await play(plan, { at, harm }); at++) schedules += 1;
    await compareWithChain();
  }
  return { schedules, earnedMicro: BigInt(schedules + plan.harms.length) * EARNED };
};

const readPayouts = async () => (await world.start().payouts.list({ limit: 100_000 })).items;

/** The chain's transfers are the confirmed payouts, one for one, and each has an id of its own. */
const compareWithChain = async () => {
  const confirmed = (await readPayouts()).filter(({ state }) => state === "confirmed");
  const told = confirmed.map(({ txid, net_micro }) => `${txid} ${node.address} ${net_micro}`);
  const transfers = world.devnet.transfers();
  const seen = transfers.map(({ txid, to, amountMicro }) => `${txid} ${to} ${amountMicro}`);
  expect(seen.toSorted()).toEqual(told.toSorted());
  expect(new Set(told).size).toBe(told.length);
};

const readBooks = async () => {
  const { ledger, payouts } = world.start();
  expect(await ledger.verify()).toMatchObject({ ok: true });
  return { totals: await ledger.totals(), paidMicro: await payouts.confirmedMicro() };
};

const finish = (process: PayerProcess) => world.finish(process, 10);

it("pays each amount exactly once, whichever write or chain call goes wrong", async () => {
  const { schedules, earnedMicro } = await explore({
    harms: ["dies_before", "dies_after", "answer_lost", "never_arrived"],
    faults: [],
    live: finish,
  });
  expect(schedules).toBeGreaterThan(60);
  const { totals, paidMicro } = await readBooks();
  expect(totals).toMatchObject({ earnedMicro, owedMicro: 0n, inFlightMicro: paidMicro });
  expect(totals.feesMicro).toBe(earnedMicro - paidMicro);
}, 120_000);

it("gives back and pays again what was reverted, whichever write or chain call goes wrong", async () => {
  const { schedules, earnedMicro } = await explore({
    harms: ["dies_after", "answer_lost"],
    faults: [{ kind: "reverted" }, { kind: "answer_lost", next: 2 }],
    live: async (process) => {
      await finish(process);
      await process.payouts.request();
      await finish(process);
    },
  });
  expect(schedules).toBeGreaterThan(50);
  const { totals, paidMicro } = await readBooks();
  expect(totals).toMatchObject({ earnedMicro, owedMicro: 0n, inFlightMicro: paidMicro });
  const failed = (await readPayouts()).filter(({ state }) => state === "failed");
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.filter(({ reversal }) => reversal !== "done")).toEqual([]);
}, 120_000);

it("never pays again what was never included, whichever write or chain call goes wrong", async () => {
  const plan: Plan = {
    harms: [],
    faults: [{ kind: "never_included" }],
    live: async (process) => {
      for (const blocks of [4, 70, 1]) {
        await process.run();
        await world.mine(blocks);
      }
      await process.run();
    },
  };
  for (let at = 1; await play(plan, { at, harm: "dies_after" }); at++) {
    await compareWithChain();
    expect(await readPayouts()).toMatchObject([{ state: "broadcast", parked: true }]);
    expect(world.devnet.transfers()).toEqual([]);
    const { totals } = await readBooks();
    expect(totals).toMatchObject({ owedMicro: 0n, inFlightMicro: 19_800_000n });
    // Parked payouts are asked for in every run, so each schedule gets a chain of its own.
    await close();
    await open();
  }
}, 120_000);
