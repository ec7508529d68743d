import type { Documents } from "@lucid/platform/documents";
import { createEvents } from "@lucid/platform/events";
import { createMetrics } from "@lucid/platform/metrics";
import { slotAt } from "@lucid/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { createLedger } from "../ledger/index.ts";
import { createPayerWorld, type PayerProcess, type PayerWorld } from "../testing/payer-world.ts";
import { keepCopy } from "../testing/store-copy.ts";
import { openTestStore } from "../testing/store.ts";
import { createPayoutsAdopter } from "./adopt.ts";
import { nextRecords } from "./changes.ts";
import { payoutCollection } from "./documents.ts";

let stack: AsyncDisposableStack;
afterEach(() => stack.disposeAsync());

const DAY_MS = 86_400_000;
const notSealed = { sealedSlot: async () => null, size: () => 0 };

/** A store from before a signature, to which the log told of it; and a payer that works on it. */
const openRecovered = async (prepare: (world: PayerWorld) => void) => {
  stack = new AsyncDisposableStack();
  const world = stack.use(await createPayerWorld({ isOnDisk: true, chain: "in memory" }));
  await world.earn(await world.owner("a"), 10_000_000n);
  await world.start({ publicLog: notSealed }).run();
  const copy = keepCopy(world);
  prepare(world);
  await world.start().run();
  const [lost] = await world.store.collection(payoutCollection).find();
  if (lost === undefined) throw new Error("nothing was paid");
  const store = stack.use(await openTestStore(copy));
  const { network, clock, policies } = world.services;
  const tools = { events: createEvents<never>(), metrics: createMetrics() };
  const ledger = createLedger({ documents: store, network, clock, policies, ...tools });
  const token = world.devnet.token;
  const adopter = createPayoutsAdopter({ documents: store, ledger, policies, token });
  const at = { slot: slotAt(network.genesis, clock.now()), atMs: clock.now() };
  for (const sealed_slots: number[] = []; sealed_slots.length < lost.changes.length;) {
    const block = nextRecords({ ...lost, sealed_slots }, () => true);
    await adopter.adopt(at, block);
    sealed_slots.push(...block.map(() => at.slot));
  }
  const inFlight = await adopter.finish();
  const documents = (): Documents => store;
  return { world, lost, inFlight, store, payer: world.start({ documents, endpoints: 2 }) };
};

const first = async (store: Documents) => (await store.collection(payoutCollection).find())[0];
const list = async ({ payouts }: PayerProcess) => (await payouts.list({ limit: 10 })).items;

describe("a payout that was signed when the log ended", () => {
  it("is found on the chain, and not sent again", async () => {
    const { world, lost, inFlight, store, payer } = await openRecovered(() => {});
    expect(inFlight).toEqual([{ payoutId: lost.id, txid: lost.txid }]);
    expect(await first(store)).toMatchObject({ state: "signed", wallet: world.wallet, attempt: 1 });
    await world.finish(payer);
    expect(await list(payer)).toMatchObject([{ state: "confirmed", txid: lost.txid }]);
    expect(world.devnet.transfers().filter(({ from }) => from === world.wallet)).toHaveLength(1);
    expect(payer.payouts.state()).toEqual({ state: "running", reason: null });
  });

  it("is paid in a new attempt only once nothing of it can enter the chain any more", async () => {
    const { world, lost, payer } = await openRecovered(({ devnet }) => {
      devnet.fault({ kind: "never_included" });
    });
    await world.finish(payer);
    await world.mine(100);
    await world.finish(payer);
    expect(await list(payer)).toMatchObject([{ state: "broadcast", txid: lost.txid }]);
    expect(world.devnet.transfers()).toEqual([]);
    await world.services.clock.advance(DAY_MS);
    await world.mine(5);
    await world.finish(payer);
    expect(await list(payer)).toMatchObject([{ state: "confirmed", attempt: 2 }]);
    expect(world.devnet.transfers()).toHaveLength(1);
  });
});
