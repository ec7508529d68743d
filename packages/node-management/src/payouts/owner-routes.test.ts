import { parseUsdt } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  FIRST_EPOCH,
  openStatementWorld,
  type StatementWorld,
} from "../testing/statement-world.ts";

let t: StatementWorld;
beforeEach(async () => {
  t = await openStatementWorld();
});
afterEach(() => t[Symbol.asyncDispose]());

describe("the API", () => {
  it("shows owner, statement, ledger and payouts of one truth", async () => {
    await t.playAndPay(FIRST_EPOCH);
    await t.playAndPay(FIRST_EPOCH + 1);
    const { items } = await t.client.call("listOwners", { query: {} });
    expect(items.map(({ owner_id }) => owner_id)).toEqual(t.owners().map(({ ownerId }) => ownerId));
    const [paid] = items.filter(({ paid_usdt }) => paid_usdt !== "0.000000");
    if (paid === undefined) throw new Error("nobody was paid");
    const { owner_id } = paid;
    const statement = await t.client.call("getStatement", { params: { owner_id }, query: {} });
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

    const ledger = await t.client.call("listOwnerLedger", { params: { owner_id }, query: {} });
    expect(ledger.items.map(({ hash }) => hash)).toEqual(
      statement.lines.map((one) => one.ledger.hash).toReversed(),
    );
    const payouts = await t.client.call("listOwnerPayouts", { params: { owner_id }, query: {} });
    expect(payouts.items[0]?.explorer_url).toBe(
      `https://explorer.invalid/#/transaction/${line?.payout?.txid}`,
    );
    const statistics = await t.client.call("getPayoutStatistics");
    const everything = await t.client.call("listPayouts", { query: { state: "confirmed" } });
    const sum = everything.items.reduce((total, { net_usdt }) => total + parseUsdt(net_usdt), 0n);
    expect(parseUsdt(statistics.paid_usdt)).toBe(sum);
    expect(statistics.in_flight_usdt).toBe("0.000000");
    const all = await t.client.call("listLedger", { query: { limit: 100 } });
    const owed = items.reduce((total, { balance_usdt }) => total + parseUsdt(balance_usdt), 0n);
    expect(parseUsdt(statistics.owed_usdt)).toBe(owed);
    expect(all.pagination.total).toBeGreaterThan(ledger.pagination.total);
  });

  it("lets an owner, and nobody else, set its own threshold", async () => {
    const [{ ownerId: owner_id } = { ownerId: "" }] = t.owners();
    const set = (token: string, threshold_usdt: string) =>
      t.as(token).call("setOwnerThreshold", { params: { owner_id }, body: { threshold_usdt } });
    expect(await set(owner_id, "25.5")).toMatchObject({ threshold_usdt: "25.500000" });
    expect(await t.client.call("getOwner", { params: { owner_id } })).toMatchObject({
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
    await t.playAndPay(FIRST_EPOCH);
    const { items } = await t.client.call("listEpochs", { query: {} });
    expect(items.map(({ epoch, state }) => [epoch, state])).toEqual([
      [31, "open"],
      [30, "closed"],
    ]);
    const epoch = await t.client.call("getEpoch", { params: { epoch: FIRST_EPOCH } });
    expect(epoch).toEqual(items[1]);
    const results = await t.client.call("listEpochResults", {
      params: { epoch: FIRST_EPOCH },
      query: {},
    });
    expect(results.items).toHaveLength(3);
    const node_id = results.items[0]?.node_id ?? "";
    const poot = await t.client.call("getPoot", { params: { node_id } });
    expect(poot.latest).toEqual(results.items[0]);
    expect(poot.provisional?.epoch).toBe(31);
    const history = await t.client.call("listPootHistory", { params: { node_id }, query: {} });
    expect(history.items).toEqual([results.items[0]]);
  });

  it("has fixed paths beside those with an id, and answers what is unknown", async () => {
    expect(await t.client.call("getPayoutThreshold")).toMatchObject({
      threshold_usdt: "10.000000",
    });
    expect(await t.client.call("getPayoutSchedule")).toMatchObject({ state: "running" });
    expect(await t.client.call("processPayouts")).toMatchObject({ period_s: 3600 });
    const payout_id = `payout_${"a".repeat(26)}`;
    const owner_id = `owner_${"a".repeat(32)}`;
    await expect(t.client.call("getPayout", { params: { payout_id } })).rejects.toMatchObject({
      code: "payouts.unknown",
    });
    await expect(t.client.call("getOwner", { params: { owner_id } })).rejects.toMatchObject({
      code: "owners.unknown",
    });
    await expect(t.client.call("getEpoch", { params: { epoch: 99 } })).rejects.toMatchObject({
      code: "epochs.unknown",
    });
  });
});
