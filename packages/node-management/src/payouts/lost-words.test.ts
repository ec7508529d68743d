import { TronError } from "@lucid/tron";
import { afterEach, expect, it } from "vitest";
import { type DecisionWorld, openDecisionWorld } from "../testing/decision-world.ts";
import { BLOCK_MS } from "../testing/payer-process.ts";
import { type Between, SOLID_AFTER } from "../testing/payer-world.ts";
import { payoutCollection } from "./documents.ts";
import { LIFETIME_MS } from "./rules.ts";

let t: DecisionWorld;
afterEach(() => t[Symbol.asyncDispose]());

const byPeople = { rules: { mode: "manual" } } as const;

it("a payout that was cancelled, and that a person then says was paid, is paid", async () => {
  t = await openDecisionWorld(20, byPeople);
  const { id: payoutId, net_micro } = await t.first();
  await t.say("cancel", "ann");
  const txid = await t.world.move("wallet", t.node.address, net_micro);
  await t.runs(1);
  expect((await t.first()).why).toContain("cancelled by ann, but payouts are stopped");
  const said = { txid, payoutId, by: "treasurer", reason: "it left before" };
  expect(await t.payer.treasury.record(said)).toMatchObject({ outcome: "recorded" });
  await t.runs(3);
  expect(await t.first()).toMatchObject({ state: "confirmed", txid });
});

it("a payout that a person paid by hand while nothing could be signed is not sent beside it", async () => {
  let isDown = true;
  t = await openDecisionWorld(
    20,
    {},
    {
      endpoints: 2,
      signer: (key) => ({
        address: key.address,
        sign: (unsigned) => {
          if (isDown) throw new TronError("tron.signer.unreachable", "the signer does not answer");
          return key.sign(unsigned);
        },
      }),
    },
  );
  const { id: payoutId, state, net_micro } = await t.first();
  expect(state).toBe("signed");
  const txid = await t.world.move("wallet", t.node.address, net_micro);
  const said = { txid, payoutId, by: "treasurer", reason: "paid by hand" };
  expect(await t.payer.treasury.record(said)).toMatchObject({ outcome: "recorded" });
  isDown = false;
  await t.runs(1);
  expect((await t.first()).why).toContain(`a person said that transaction ${txid} paid it`);
  await t.world.mine(LIFETIME_MS / BLOCK_MS);
  await t.runs(2);
  expect(await t.first()).toMatchObject({ state: "confirmed", attempt: 2, txid });
  expect(t.world.devnet.transfers()).toHaveLength(1);
});

it("a payout that was sent is not called paid by another transaction while its own may arrive", async () => {
  t = await openDecisionWorld(20);
  const { id: payoutId, state, net_micro } = await t.first();
  expect(state).toBe("broadcast");
  const txid = await t.world.move("wallet", t.node.address, net_micro);
  const said = { txid, payoutId, by: "treasurer", reason: "paid by hand" };
  expect(await t.payer.treasury.record(said)).toMatchObject({ code: "treasury.no_match" });
});

it.each([
  ["before anybody knew that its own was sent", { state: "signed" }, "paid it as well"],
  ["while its own waits for proof", { parked: true }, "paid it as well"],
  ["and its own then fails", { state: "signed" }, "failed (REVERT)"],
] as const)(
  "a payout that a person called paid by another transaction %s ends disputed",
  async (_, before, words) => {
    t = await openDecisionWorld(20, { chain: "in memory" }, {}, ({ devnet }) => {
      if (words.startsWith("failed")) devnet.fault({ kind: "reverted", next: 1 });
    });
    const sent = await t.first();
    expect(sent.state).toBe("broadcast");
    await t.world.store.collection(payoutCollection).update(sent.id, before, { expect: {} });
    const txid = await t.world.move("wallet", t.node.address, sent.net_micro);
    const said = { txid, payoutId: sent.id, by: "treasurer", reason: "paid by hand" };
    expect(await t.payer.treasury.record(said)).toMatchObject({ outcome: "recorded" });
    await t.world.start().run();
    await t.runs(1);
    expect(await t.first()).toMatchObject({ state: "disputed", txid: sent.txid, reversal: "none" });
    expect((await t.first()).why).toContain(
      `a person said that transaction ${txid} paid it, and its own ${sent.txid} ${words}`,
    );
    expect(t.payer.payouts.state()).toMatchObject({ state: "stopped" });
    for (const by of ["ann", "bob"]) await t.say("close", by, { backMicro: 0n });
    await t.payer.payouts.request();
    await t.runs(1);
    expect(t.payer.payouts.state()).toEqual({ state: "running", reason: null });
    expect(await t.balance()).toBe(0n);
    expect(await t.payer.treasury.reconcile()).toMatchObject({ result: { differences_total: 0 } });
    expect(await t.payer.ledger.verify()).toMatchObject({ ok: true });
  },
);

it("a payout whose transfer is on the chain is followed, though the signer does not sign it again", async () => {
  let isRefusing = false;
  const refusing: Between = {
    signer: (key) => ({
      address: key.address,
      sign: (unsigned) => {
        if (isRefusing) throw new TronError("tron.signer.refused", "the signer refuses: not twice");
        return key.sign(unsigned);
      },
    }),
  };
  t = await openDecisionWorld(20, {}, refusing);
  const sent = await t.first();
  expect(sent.state).toBe("broadcast");
  // The books go back to right before it was sent.
  await t.world.store
    .collection(payoutCollection)
    .update(sent.id, { state: "signed" }, { expect: {} });
  await t.world.mine(SOLID_AFTER + 1);
  isRefusing = true;
  await t.world.start(refusing).run();
  expect(await t.first()).toMatchObject({ state: "confirmed", txid: sent.txid });
});

it("once a dispute is closed, no Transfer of its transaction is unknown, however many there are", async () => {
  t = await openDecisionWorld(20, {}, {}, (world) => {
    world.devnet.fault({ kind: "fee_on" });
  });
  await t.world.mine(SOLID_AFTER + 1);
  await t.runs(1);
  expect(await t.first()).toMatchObject({ state: "disputed" });
  for (const by of ["ann", "bob"]) await t.say("close", by, { backMicro: 0n });
  await t.runs(1);
  expect(await t.payer.treasury.gate()).toEqual({ state: "open" });
});
