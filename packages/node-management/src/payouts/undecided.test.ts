import type { Documents } from "@lucid/platform/documents";
import { afterEach, beforeEach, expect, it } from "vitest";
import { usdt } from "../testing/decision-world.ts";
import { createPayerWorld, type PayerWorld } from "../testing/payer-world.ts";
import { payoutCollection } from "./documents.ts";

let world: PayerWorld;
beforeEach(async () => {
  world = await createPayerWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

it("a payout's document that arrives after the books were put back, without its debit, is not paid", async () => {
  await world.earn(await world.owner("a"), usdt(10));
  let store: Pick<Documents, "collection"> | undefined;
  const payer = world.start({ documents: (real) => (store = real) });
  await world.finish(payer);
  const [paid] = (await payer.payouts.list({ limit: 1 })).items;
  if (paid === undefined || store === undefined) throw new Error("nobody was paid");
  const late = { ...paid, id: `${paid.id.slice(0, -4)}late`, seq: 9, state: "created" as const };
  const { txid: _txid, raw_data: _raw, signed_data: _signed, ...unsent } = late;
  await store.collection(payoutCollection).insert({ ...unsent, attempt: 0, reversal: "none" });
  await world.finish(payer);
  expect(await payer.payouts.get(late.id)).toBeNull();
  expect(world.devnet.transfers().filter(({ from }) => from === world.wallet)).toHaveLength(1);
});
