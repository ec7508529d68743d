import { TronError } from "@lucid/tron";
import { afterEach, expect, it } from "vitest";
import { type DecisionWorld, openDecisionWorld } from "../testing/decision-world.ts";
import { type Between, SOLID_AFTER } from "../testing/payer-world.ts";
import { payoutCollection } from "./documents.ts";

let t: DecisionWorld;
afterEach(() => t[Symbol.asyncDispose]());

const byPeople = { rules: { mode: "manual" } } as const;

it("a payout that was cancelled, and that a person then says was paid, is paid", async () => {
  t = await openDecisionWorld(20, byPeople);
  const { id: payoutId, net_micro } = await t.first();
  await t.say("cancel", "ann");
  const txid = await t.world.move("wallet", t.node.address, net_micro);
  await t.runs(1);
  expect((await t.first()).why).toContain("cancelled by ann, but stopped");
  const said = { txid, payoutId, by: "treasurer", reason: "it left before" };
  expect(await t.payer.treasury.record(said)).toMatchObject({ outcome: "recorded" });
  await t.runs(3);
  expect(await t.first()).toMatchObject({ state: "confirmed", txid });
});

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
