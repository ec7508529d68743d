import { errorTable } from "@lucid/api";
import { createClient } from "@lucid/api/client";
import { createHttp, type Http } from "@lucid/platform/http";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { formatUsdt, ownerAccount, parseUsdt } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { registerEpochRoutes } from "../epochs/index.ts";
import { registerLedgerRoutes } from "../ledger/index.ts";
import { createPayerWorld, PERIOD_MS, type PayerWorld } from "../testing/payer-world.ts";
import {
  createSettlementWorld,
  type Settler,
  type SettlementWorld,
} from "../testing/settlement-world.ts";
import { ledgerCollection } from "../ledger/documents.ts";
import { makeStatement, registerOwnerRoutes, registerPayoutRoutes } from "./index.ts";

const first = 30;
const alive = new AbortController().signal;

let network: SettlementWorld;
let paying: PayerWorld;
let settler: Settler;
let payer: ReturnType<PayerWorld["start"]>;
let http: Http;
let client: ReturnType<typeof createClient>;
let baseUrl: string;

const playAndPay = async (epoch: number) => {
  await network.play(epoch, (node, index) => node === 0 || index % 2 === 0);
  await settler.epochs.settleDue(alive);
  await paying.mine(1);
  payer.payouts.request();
  await paying.finish(payer);
};

beforeEach(async () => {
  network = await createSettlementWorld([2, 1]);
  settler = network.start();
  paying = await createPayerWorld({ on: network });
  payer = paying.start();
  const { clock, policies, registry, addresses, beacons } = network.services;
  http = createHttp(
    {
      log: createLog({ level: "silent", name: "test" }),
      metrics: createMetrics(),
      clock,
      errors: errorTable,
      authenticate: (token) => ({
        principal: { kind: "person", id: token, roles: [token.replace(/_.*/, "")] },
      }),
    },
    { info: { title: "test", version: "0", description: "test" } },
  );
  const { epochs } = settler;
  const { ledger, payouts } = payer;
  const shared = { http, network: network.services.network, clock, policies, registry, beacons };
  const explorer = "https://explorer.invalid/#";
  registerEpochRoutes({ ...shared, epochs });
  registerLedgerRoutes({ ...shared, ledger });
  registerPayoutRoutes({
    ...shared,
    ledger,
    payouts,
    explorer,
    periodMs: PERIOD_MS,
    wake: () => {},
  });
  registerOwnerRoutes({
    ...shared,
    addresses,
    ledger,
    epochs,
    payouts,
    holds: payer.holds,
    explorer,
  });
  ({ url: baseUrl } = await http.listen({ host: "127.0.0.1", port: 0 }));
  client = createClient({ baseUrl, token: () => "treasurer" });
});
afterEach(async () => {
  await http[Symbol.asyncDispose]();
  await paying[Symbol.asyncDispose]();
  await network[Symbol.asyncDispose]();
});

const owners = () => network.services.registry.owners();
const statementOf = (ownerId: string, range = {}) =>
  makeStatement({ ...payer, epochs: settler.epochs }, ownerId, range);

describe("a statement", () => {
  it("adds up to the micro-USDT over every range, and the ranges to the whole", async () => {
    const epochs = [first, first + 1, first + 2];
    const between: number[] = [];
    for (const epoch of epochs) {
      await playAndPay(epoch);
      between.push(network.services.clock.now());
    }
    for (const { ownerId } of owners()) {
      const whole = await statementOf(ownerId);
      expect(whole.addsUp).toBe(true);
      const account = ownerAccount(ownerId);
      expect(whole.closingMicro).toBe(await payer.ledger.balance(account));
      const totals = await payer.ledger.totals(account);
      expect(whole).toMatchObject({
        earnedMicro: totals.earnedMicro,
        payoutsMicro: -totals.paidOutMicro,
        feesMicro: totals.feesMicro,
        paidMicro: await payer.payouts.confirmedMicro(ownerId),
      });

      const byTime = [undefined, ...between].map((fromMs, i) => ({ fromMs, toMs: between[i] }));
      const byEpoch = epochs.map((epoch) => ({ epoch }));
      for (const ranges of [byTime, byEpoch]) {
        const parts = await Promise.all(ranges.map((range) => statementOf(ownerId, range)));
        expect(parts.map(({ addsUp }) => addsUp)).toEqual(parts.map(() => true));
        expect(parts.flatMap(({ lines }) => lines)).toEqual(whole.lines);
        expect(parts[1]?.openingMicro).toBe(parts[0]?.closingMicro);
      }
    }
  });

  it("does not add up when a line is not what its source says, or the chain is broken", async () => {
    await playAndPay(first);
    const [owner] = owners();
    const { ownerId } = owner ?? { ownerId: "" };
    const orphaned = await makeStatement(
      {
        ...payer,
        epochs: {
          document: (epoch: number) => settler.epochs.document(epoch),
          result: async () => null,
        },
      },
      ownerId,
      {},
    );
    expect(orphaned.addsUp).toBe(false);
    const id = `${ownerAccount(ownerId)}#0`;
    await network.store.collection(ledgerCollection).update(id, { at: 1 }, { expect: {} });
    expect((await statementOf(ownerId)).addsUp).toBe(false);
  });
});

describe("the API", () => {
  it("shows owner, statement, ledger and payouts of one truth", async () => {
    await playAndPay(first);
    await playAndPay(first + 1);
    const { items } = await client.call("listOwners", { query: {} });
    expect(items.map(({ owner_id }) => owner_id)).toEqual(owners().map(({ ownerId }) => ownerId));
    const [paid] = items.filter(({ paid_usdt }) => paid_usdt !== "0.000000");
    if (paid === undefined) throw new Error("nobody was paid");
    const { owner_id } = paid;
    const statement = await client.call("getStatement", { params: { owner_id }, query: {} });
    expect(statement).toMatchObject({
      adds_up: true,
      paid_usdt: paid.paid_usdt,
      fees_usdt: paid.fees_usdt,
      closing_usdt: paid.balance_usdt,
    });
    const rewards = statement.lines.filter(({ reward }) => reward !== null);
    expect(rewards[0]?.because).toMatch(/^Earned by node_\w+ in epoch 30: \d+ of \d+ slots/);
    const line = statement.lines.find(({ kind }) => kind === "payout");
    expect(line?.payout).toMatchObject({ state: "confirmed", net_usdt: paid.paid_usdt });

    const ledger = await client.call("listOwnerLedger", { params: { owner_id }, query: {} });
    expect(ledger.items.map(({ hash }) => hash)).toEqual(
      statement.lines.map((one) => one.ledger.hash).toReversed(),
    );
    const payouts = await client.call("listOwnerPayouts", { params: { owner_id }, query: {} });
    expect(payouts.items[0]?.explorer_url).toBe(
      `https://explorer.invalid/#/transaction/${line?.payout?.txid}`,
    );
    const statistics = await client.call("getPayoutStatistics");
    const everything = await client.call("listPayouts", { query: { state: "confirmed" } });
    const sum = everything.items.reduce((total, { net_usdt }) => total + parseUsdt(net_usdt), 0n);
    expect(parseUsdt(statistics.paid_usdt)).toBe(sum);
    expect(statistics.in_flight_usdt).toBe("0.000000");
    const all = await client.call("listLedger", { query: { limit: 100 } });
    const owed = items.reduce((total, { balance_usdt }) => total + parseUsdt(balance_usdt), 0n);
    expect(parseUsdt(statistics.owed_usdt)).toBe(owed);
    expect(all.pagination.total).toBeGreaterThan(ledger.pagination.total);
  });

  it("gives a statement as a table whose total is that of ledger and chain", async () => {
    await playAndPay(first);
    await playAndPay(first + 1);
    expect(paying.devnet.transfers().length).toBeGreaterThan(0);
    for (const { ownerId, address } of owners()) {
      const csv = new TextDecoder().decode(
        await client.call("getStatementCsv", { params: { owner_id: ownerId }, query: {} }),
      );
      const [header = "", ...rows] = csv.trimEnd().split("\r\n");
      const columns = header.split(",");
      const read = (row: string, column: string) => row.split(",")[columns.indexOf(column)] ?? "";
      const total = rows.pop() ?? "";
      const toMicro = (text: string) =>
        text.startsWith("-") ? -parseUsdt(text.slice(1)) : parseUsdt(text);
      const sum = (column: string, of: readonly string[]) =>
        of.reduce((all, row) => all + toMicro(read(row, column)), 0n);
      expect(read(total, "kind")).toBe("total");
      expect(sum("amount_usdt", rows)).toBe(toMicro(read(total, "amount_usdt")));
      expect(toMicro(read(total, "balance_usdt"))).toBe(
        await payer.ledger.balance(ownerAccount(ownerId)),
      );
      const paid = paying.devnet.transfers().filter(({ to }) => to === address);

      expect(toMicro(read(total, "net_usdt"))).toBe(
        paid.reduce((all, { amountMicro }) => all + amountMicro, 0n),
      );
      expect(rows.map((row) => read(row, "txid")).filter(Boolean)).toEqual(
        paid.map(({ txid }) => txid),
      );
    }
  });

  it("says of every node what it earned, what is held and forfeited, and what the chain took, as ledger and chain do", async () => {
    await playAndPay(first);
    const [{ ownerId: owner_id, address } = { ownerId: "", address: "" }] = owners();
    const { holds } = payer;
    const put = await holds.put({
      ownerId: owner_id,
      reasonCode: "cheating",
      reason: "two nodes on one machine",
      by: "olga",
    });
    const holdId = put.outcome === "refused" ? "" : put.hold.id;
    await playAndPay(first + 1);
    const read = (query: { epoch?: number; to_epoch?: number }) =>
      client.call("getStatement", { params: { owner_id }, query });
    const held = await read({ epoch: first, to_epoch: first + 1 });
    const balance = await payer.ledger.balance(ownerAccount(owner_id));
    expect(parseUsdt(held.held_usdt)).toBe(balance);
    expect(held.holds).toMatchObject([{ hold_id: holdId, state: "active" }]);

    const forfeitMicro = balance / 2n;
    const word = { holdId, reason: "it was so", forfeitMicro };
    for (const by of ["ann", "bob"]) await holds.uphold({ ...word, by });
    await playAndPay(first + 2);
    const whole = await read({ epoch: first, to_epoch: first + 2 });
    expect(whole).toMatchObject({ adds_up: true, held_usdt: "0.000000" });
    const entries = await payer.ledger.entries(ownerAccount(owner_id));
    const sumOf = (kinds: readonly string[]) =>
      entries
        .filter(({ kind }) => kinds.includes(kind))
        .reduce((sum, { amount_micro }) => sum + BigInt(amount_micro), 0n);
    expect(whole).toMatchObject({
      earned_usdt: formatUsdt(sumOf(["reward"])),
      payouts_usdt: formatUsdt(sumOf(["payout", "payout_reversal"])),
      forfeited_usdt: formatUsdt(-forfeitMicro),
      other_usdt: "0.000000",
      closing_usdt: formatUsdt(await payer.ledger.balance(ownerAccount(owner_id))),
    });
    const forfeit = whole.lines.find(({ kind }) => kind === "forfeit");
    expect(forfeit?.because).toMatch(/^Forfeited\. .*Upheld by ann and bob on .*: it was so\./);

    const nodes = network.services.registry.owner(owner_id)?.nodeIds ?? [];
    expect(whole.by_node.map(({ node_id }) => node_id)).toEqual(nodes.toSorted());
    for (const { node_id, earned_usdt, epochs, proof } of whole.by_node) {
      const rewards = whole.lines.filter(({ reward }) => reward?.node_id === node_id);
      expect(parseUsdt(earned_usdt)).toBe(
        rewards.reduce((sum, { amount_usdt }) => sum + parseUsdt(amount_usdt), 0n),
      );
      expect({ epochs, proof }).toEqual({ epochs: rewards.length, proof: "uptime_beacon" });
    }

    const transfers = paying.devnet.transfers().filter(({ to }) => to === address);
    expect(parseUsdt(whole.paid_usdt)).toBe(
      transfers.reduce((sum, { amountMicro }) => sum + amountMicro, 0n),
    );
    const paid = whole.lines.filter(({ payout }) => payout !== null);
    expect(paid.map(({ payout }) => payout?.txid)).toEqual(transfers.map(({ txid }) => txid));
    const costs = paid.map(({ payout }) => parseUsdt(payout?.network_cost_trx ?? ""));
    expect(costs.every((cost) => cost > 0n)).toBe(true);
    expect(parseUsdt(whole.network_cost_trx)).toBe(costs.reduce((sum, cost) => sum + cost, 0n));
  });

  it("lets an owner, and nobody else, set its own threshold", async () => {
    const [{ ownerId: owner_id } = { ownerId: "" }] = owners();
    const as = (token: string) => createClient({ baseUrl, token: () => token });
    const set = (token: string, threshold_usdt: string) =>
      as(token).call("setOwnerThreshold", { params: { owner_id }, body: { threshold_usdt } });
    expect(await set(owner_id, "25.5")).toMatchObject({ threshold_usdt: "25.500000" });
    expect(await client.call("getOwner", { params: { owner_id } })).toMatchObject({
      threshold_usdt: "25.500000",
    });
    for (const [token, amount, code] of [
      ["owner_other", "25", "access.forbidden"],
      ["treasurer", "25", "access.forbidden"],
      [owner_id, "10000.000001", "owners.threshold"],
      [owner_id, "1.0000001", "request.invalid"],
      [owner_id, "1e3", "request.invalid"],
      [owner_id, "-1", "request.invalid"],
    ] as const)
      await expect(set(token, amount)).rejects.toMatchObject({ code });
  });

  it("shows epochs, results and why a score is what it is", async () => {
    await playAndPay(first);
    const { items } = await client.call("listEpochs", { query: {} });
    expect(items.map(({ epoch, state }) => [epoch, state])).toEqual([
      [31, "open"],
      [30, "closed"],
    ]);
    const epoch = await client.call("getEpoch", { params: { epoch: first } });
    expect(epoch).toEqual(items[1]);
    const results = await client.call("listEpochResults", { params: { epoch: first }, query: {} });
    expect(results.items).toHaveLength(3);
    const node_id = results.items[0]?.node_id ?? "";
    const poot = await client.call("getPoot", { params: { node_id } });
    expect(poot.latest).toEqual(results.items[0]);
    expect(poot.provisional?.epoch).toBe(31);
    const history = await client.call("listPootHistory", { params: { node_id }, query: {} });
    expect(history.items).toEqual([results.items[0]]);
  });

  it("has fixed paths beside those with an id, and answers what is unknown", async () => {
    expect(await client.call("getPayoutThreshold")).toMatchObject({ threshold_usdt: "10.000000" });
    expect(await client.call("getPayoutSchedule")).toMatchObject({ state: "running" });
    expect(await client.call("processPayouts")).toMatchObject({ period_s: 3600 });
    const payout_id = `payout_${"a".repeat(26)}`;
    const owner_id = `owner_${"a".repeat(32)}`;
    await expect(client.call("getPayout", { params: { payout_id } })).rejects.toMatchObject({
      code: "payouts.unknown",
    });
    await expect(client.call("getOwner", { params: { owner_id } })).rejects.toMatchObject({
      code: "owners.unknown",
    });
    await expect(client.call("getEpoch", { params: { epoch: 99 } })).rejects.toMatchObject({
      code: "epochs.unknown",
    });
  });
});
