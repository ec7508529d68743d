import { formatUsdt, ownerAccount, parseUsdt } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ledgerCollection } from "../ledger/documents.ts";
import {
  FIRST_EPOCH,
  openStatementWorld,
  type StatementWorld,
} from "../testing/statement-world.ts";
import { makeStatement } from "./index.ts";

let t: StatementWorld;
beforeEach(async () => {
  t = await openStatementWorld();
});
afterEach(() => t[Symbol.asyncDispose]());

describe("a statement", () => {
  it("adds up to the micro-USDT over every range, and the ranges to the whole", async () => {
    const epochs = [FIRST_EPOCH, FIRST_EPOCH + 1, FIRST_EPOCH + 2];
    const between: number[] = [];
    for (const epoch of epochs) {
      await t.playAndPay(epoch);
      between.push(t.network.services.clock.now());
    }
    for (const { ownerId } of t.owners()) {
      const whole = await t.statementOf(ownerId);
      expect(whole.addsUp).toBe(true);
      const account = ownerAccount(ownerId);
      expect(whole.closingMicro).toBe(await t.payer.ledger.balance(account));
      const totals = await t.payer.ledger.totals(account);
      expect(whole).toMatchObject({
        earnedMicro: totals.earnedMicro,
        payoutsMicro: -totals.paidOutMicro,
        feesMicro: totals.feesMicro,
        paidMicro: await t.payer.payouts.confirmedMicro(ownerId),
      });

      const byTime = [undefined, ...between].map((fromMs, i) => ({ fromMs, toMs: between[i] }));
      const byEpoch = epochs.map((epoch) => ({ epoch }));
      for (const ranges of [byTime, byEpoch]) {
        const parts = await Promise.all(ranges.map((range) => t.statementOf(ownerId, range)));
        expect(parts.map(({ addsUp }) => addsUp)).toEqual(parts.map(() => true));
        expect(parts.flatMap(({ lines }) => lines)).toEqual(whole.lines);
        expect(parts[1]?.openingMicro).toBe(parts[0]?.closingMicro);
      }
    }
  });

  it("does not add up when a line is not what its source says, or the chain is broken", async () => {
    await t.playAndPay(FIRST_EPOCH);
    const [owner] = t.owners();
    const { ownerId } = owner ?? { ownerId: "" };
    const orphaned = await makeStatement(
      {
        ...t.payer,
        epochs: {
          document: (epoch: number) => t.settler.epochs.document(epoch),
          result: async () => null,
        },
      },
      ownerId,
      {},
    );
    expect(orphaned.addsUp).toBe(false);
    const id = `${ownerAccount(ownerId)}#0`;
    await t.network.store.collection(ledgerCollection).update(id, { at: 1 }, { expect: {} });
    expect((await t.statementOf(ownerId)).addsUp).toBe(false);
  });
});

describe("a statement over the API", () => {
  it("gives a statement as a table whose total is that of ledger and chain", async () => {
    await t.playAndPay(FIRST_EPOCH);
    await t.playAndPay(FIRST_EPOCH + 1);
    expect(t.paying.devnet.transfers().length).toBeGreaterThan(0);
    for (const { ownerId, address } of t.owners()) {
      const csv = new TextDecoder().decode(
        await t.client.call("getStatementCsv", { params: { owner_id: ownerId }, query: {} }),
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
        await t.payer.ledger.balance(ownerAccount(ownerId)),
      );
      const paid = t.paying.devnet.transfers().filter(({ to }) => to === address);

      expect(toMicro(read(total, "net_usdt"))).toBe(
        paid.reduce((all, { amountMicro }) => all + amountMicro, 0n),
      );
      expect(rows.map((row) => read(row, "txid")).filter(Boolean)).toEqual(
        paid.map(({ txid }) => txid),
      );
    }
  });

  it("says of every node what it earned, what is held and forfeited, and what the chain took, as ledger and chain do", async () => {
    await t.playAndPay(FIRST_EPOCH);
    const [{ ownerId: owner_id, address } = { ownerId: "", address: "" }] = t.owners();
    const { holds } = t.payer;
    const put = await holds.put({
      ownerId: owner_id,
      reasonCode: "cheating",
      reason: "two nodes on one machine",
      by: "olga",
    });
    const holdId = put.outcome === "refused" ? "" : put.hold.id;
    await t.playAndPay(FIRST_EPOCH + 1);
    const read = (query: { epoch?: number; to_epoch?: number }) =>
      t.client.call("getStatement", { params: { owner_id }, query });
    const held = await read({ epoch: FIRST_EPOCH, to_epoch: FIRST_EPOCH + 1 });
    const balance = await t.payer.ledger.balance(ownerAccount(owner_id));
    expect(parseUsdt(held.held_usdt)).toBe(balance);
    expect(held.holds).toMatchObject([{ hold_id: holdId, state: "active" }]);

    const forfeitMicro = balance / 2n;
    const word = { holdId, reason: "it was so", forfeitMicro };
    for (const by of ["ann", "bob"]) await holds.uphold({ ...word, by });
    await t.playAndPay(FIRST_EPOCH + 2);
    const whole = await read({ epoch: FIRST_EPOCH, to_epoch: FIRST_EPOCH + 2 });
    expect(whole).toMatchObject({ adds_up: true, held_usdt: "0.000000" });
    const entries = await t.payer.ledger.entries(ownerAccount(owner_id));
    const sumOf = (kinds: readonly string[]) =>
      entries
        .filter(({ kind }) => kinds.includes(kind))
        .reduce((sum, { amount_micro }) => sum + BigInt(amount_micro), 0n);
    expect(whole).toMatchObject({
      earned_usdt: formatUsdt(sumOf(["reward"])),
      payouts_usdt: formatUsdt(sumOf(["payout", "payout_reversal"])),
      forfeited_usdt: formatUsdt(-forfeitMicro),
      other_usdt: "0.000000",
      closing_usdt: formatUsdt(await t.payer.ledger.balance(ownerAccount(owner_id))),
    });
    const forfeit = whole.lines.find(({ kind }) => kind === "forfeit");
    expect(forfeit?.because).toMatch(/^Forfeited\. .*Upheld by ann and bob on .*: it was so\./);

    const nodes = t.network.services.registry.owner(owner_id)?.nodeIds ?? [];
    expect(whole.by_node.map(({ node_id }) => node_id)).toEqual(nodes.toSorted());
    for (const { node_id, earned_usdt, epochs, proof } of whole.by_node) {
      const rewards = whole.lines.filter(({ reward }) => reward?.node_id === node_id);
      expect(parseUsdt(earned_usdt)).toBe(
        rewards.reduce((sum, { amount_usdt }) => sum + parseUsdt(amount_usdt), 0n),
      );
      expect({ epochs, proof }).toEqual({ epochs: rewards.length, proof: "uptime_beacon" });
    }

    const transfers = t.paying.devnet.transfers().filter(({ to }) => to === address);
    expect(parseUsdt(whole.paid_usdt)).toBe(
      transfers.reduce((sum, { amountMicro }) => sum + amountMicro, 0n),
    );
    const paid = whole.lines.filter(({ payout }) => payout !== null);
    expect(paid.map(({ payout }) => payout?.txid)).toEqual(transfers.map(({ txid }) => txid));
    const costs = paid.map(({ payout }) => parseUsdt(payout?.network_cost_trx ?? ""));
    expect(costs.every((cost) => cost > 0n)).toBe(true);
    expect(parseUsdt(whole.network_cost_trx)).toBe(costs.reduce((sum, cost) => sum + cost, 0n));
  });
});
