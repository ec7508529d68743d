import { decodeBody, ed25519PublicKey, signHeader } from "@lucid/protocol";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openLog, verifyLog } from "@lucid/verify";
import { testSeed } from "../../packages/node-management/src/testing/index.ts";
import {
  createPayerWorld,
  type PayerProcess,
  type PayerWorld,
} from "../../packages/node-management/src/testing/payer-world.ts";
import {
  createSettlementWorld,
  type Settler,
  type SettlementWorld,
} from "../../packages/node-management/src/testing/settlement-world.ts";
import { filesToSource, logFiles } from "../../packages/verify/src/testing/index.ts";

const first = 30;
const budget = "400000000";
const alive = new AbortController().signal;

let world: SettlementWorld;
let paying: PayerWorld;
let settler: Settler;
let payer: PayerProcess;

beforeEach(async () => {
  world = await createSettlementWorld([4, 2, 2, 2, 1, 1], {
    epoch_budget_micro: budget,
    max_reward_per_node_micro: budget,
  });
  paying = await createPayerWorld({ on: world });
  settler = world.start();
  payer = paying.start({
    publicLog: {
      sealedSlot: (account, seq) => settler.ledger.sealedSlot(account, seq),
      size: () => world.services.sealing.checkpoint()?.size ?? 0,
    },
  });
});
afterEach(async () => {
  await paying[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** What the service published, as whoever holds the log's directory reads it. */
const publishedLog = () => {
  const { network, publicLog } = world.services;
  const seeds = { network: testSeed("network"), log: testSeed("log"), root: testSeed("root") };
  const trusted = { origin: network.genesis.log_origin, logKey: ed25519PublicKey(seeds.log) };
  const blocks = publicLog.headers.map((header, height) => ({
    ...signHeader(header, seeds.network),
    body: decodeBody(publicLog.bodies[height] ?? new Uint8Array()),
  }));
  return openLog(filesToSource(logFiles({ ...network, seeds, trusted }, blocks)), {
    networkId: network.networkId,
  });
};

const settleAndPay = async (): Promise<void> => {
  await settler.epochs.settleDue(alive);
  payer.payouts.request();
  for (let round = 0; round < 6; round++) {
    await payer.run();
    await paying.mine(2);
    await world.services.seal();
  }
};

/** Most nodes are silent in two slots, one is lazy; all others are there. */
const isPresent = (node: number, index: number): boolean =>
  !(index === 11 || index === 12 ? node < 10 : node === 11 && index % 2 === 0);

it("what the service settles and pays follows from what it published, to the last micro-USDT", async () => {
  const { services, nodes } = world;
  const { registry } = services;
  await world.play(first, (node, index) => isPresent(node, index) && index !== 6);
  await settleAndPay();

  // A node is suspended and comes back, another one comes late, and the service is deaf for a while.
  const [suspended] = nodes;
  const stand = (standing: "active" | "suspended") =>
    registry.changeStanding(suspended?.nodeId ?? "", { standing, reason: "test", by: "operator" });
  await stand("suspended");
  await services.enrol("late", { owner: "owner 1" });
  await world.play(first + 1, isPresent);
  await world.sleepUntil(first + 2, 13);
  await stand("active");
  await world.play(first + 2, isPresent);
  paying.devnet.fault({ kind: "reverted" });
  await settleAndPay();
  await world.play(first + 4, isPresent);
  await settleAndPay();

  const report = await verifyLog(await publishedLog());
  expect(report.first_mismatch).toBeNull();
  expect(report.follows).toBe(true);
  const closed = await settler.epochs.documents(first + 4, first);
  expect(closed.map(({ state, sealed_slot }) => [state, sealed_slot !== null])).toEqual(
    closed.map(() => ["closed", true]),
  );
  const { confirmed, failed } = await payer.payouts.countByState();
  expect(report.checked).toMatchObject({
    epochs: 5,
    epoch_results: closed.reduce((sum, { count = 0 }) => sum + count, 0),
    payouts: confirmed + failed,
  });
  expect(failed).toBe(1);
  expect(confirmed).toBeGreaterThan(6);
  expect(report.checked["silent_slots"]).toBeGreaterThan(0);
  expect(report.attested["unobserved_slots"]).toBeGreaterThan(0);
  expect(report.attested["deaf_excuses"]).toBeGreaterThan(0);
}, 120_000);

it("so does what a person attributes: a transfer that the books lost, and one that was a payout which was due", async () => {
  const { registry } = world.services;
  await world.play(first, isPresent);
  await settler.epochs.settleDue(alive);
  await payer.run();
  const [lost, due] = registry.owners();
  if (lost === undefined || due === undefined) throw new Error("two owners are needed");
  const { items } = await payer.payouts.list({ limit: 100 }, { ownerId: due.ownerId });
  const [payout] = items;
  expect(payout).toMatchObject({ state: "approved" });
  const txids = {
    due: await paying.move("wallet", due.address, payout?.net_micro ?? 0n),
    lost: await paying.move("wallet", lost.address, 990_000n),
  };
  await payer.run();
  expect(payer.payouts.state()).toMatchObject({ state: "stopped" });
  const said = { reason: "paid by the store that was lost", by: "treasurer" };
  const record: typeof payer.treasury.record = (request) => payer.treasury.record(request);
  expect(await record({ ...said, txid: txids.due, payoutId: payout?.id })).toMatchObject({
    outcome: "recorded",
  });

  await world.play(first + 1, isPresent);
  await settler.epochs.settleDue(alive);
  expect(await record({ ...said, txid: txids.lost, ownerId: lost.ownerId })).toMatchObject({
    outcome: "recorded",
    record: { adjustment: "done" },
  });
  await settleAndPay();
  await world.play(first + 2, isPresent);
  await settleAndPay();

  expect(await payer.payouts.get(payout?.id ?? "")).toMatchObject({ state: "confirmed" });
  const report = await verifyLog(await publishedLog());
  expect(report.first_mismatch).toBeNull();
  expect(report.follows).toBe(true);
  expect(report.attested["decisions_about_pay"]).toBe(1);
}, 120_000);
