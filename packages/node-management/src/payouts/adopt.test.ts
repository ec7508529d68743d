import type { Documents } from "@lucid/platform/documents";
import { createEvents } from "@lucid/platform/events";
import { createMetrics } from "@lucid/platform/metrics";
import { type PayoutRecord, slotAt, walletKey } from "@lucid/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { createLedger } from "../ledger/index.ts";
import {
  type Between,
  createPayerWorld,
  type PayerProcess,
  type PayerWorld,
} from "../testing/payer-world.ts";
import { keepCopy } from "../testing/store-copy.ts";
import { openTestStore } from "../testing/store.ts";
import { createPayoutsAdopter } from "./adopt.ts";
import { nextRecords } from "./changes.ts";
import { payoutCollection } from "./documents.ts";
import { MAX_CLOCK_DIFFERENCE_MS } from "./rules.ts";

let stack: AsyncDisposableStack;
afterEach(() => stack.disposeAsync());

const DAY_MS = 86_400_000;
const notSealed = { sealedSlot: async () => null, size: () => 0 };

type Way = {
  /** What happens after the copy was made, and before the signature. */
  readonly prepare?: (world: PayerWorld) => unknown;
  /** What the log says instead. */
  readonly say?: (record: PayoutRecord) => PayoutRecord;
  /** Whether the ledger took up another wallet before the signature, as far as its clock tells. */
  readonly isRotated?: boolean;
};

const neverIncluded = ({ devnet }: PayerWorld) => devnet.fault({ kind: "never_included" });

/** A store from before a signature, to which the log told of it; and a payer that works on it. */
const openRecovered = async ({
  prepare = () => {},
  say = (record) => record,
  isRotated = false,
}: Way = {}) => {
  stack = new AsyncDisposableStack();
  const world = stack.use(await createPayerWorld({ isOnDisk: true, chain: "in memory" }));
  await world.earn(await world.owner("a"), 10_000_000n);
  await world.start({ publicLog: notSealed }).run();
  const copy = keepCopy(world);
  await prepare(world);
  await world.start().run();
  const [lost] = await world.store.collection(payoutCollection).find();
  if (lost === undefined) throw new Error("nothing was paid");
  const store = stack.use(await openTestStore(copy));
  const { network, clock, policies } = world.services;
  const tools = { events: createEvents<never>(), metrics: createMetrics() };
  const ledger = createLedger({ documents: store, network, clock, policies, ...tools });
  if (isRotated)
    await ledger.append({
      account: "network",
      key: walletKey(world.stranger),
      amountMicro: 0n,
      contra: [],
      policy: 1,
      at: lost.timestamp_ms ?? 0,
    });
  const token = world.devnet.token;
  const adopter = createPayoutsAdopter({ documents: store, ledger, policies, token });
  const at = { slot: slotAt(network.genesis, clock.now()), atMs: clock.now() };
  for (const sealed_slots: number[] = []; sealed_slots.length < lost.changes.length;) {
    const block = nextRecords({ ...lost, sealed_slots }, () => true);
    await adopter.adopt(at, block.map(say));
    sealed_slots.push(...block.map(() => at.slot));
  }
  const inFlight = await adopter.finish();
  const start = (between: Between = {}) =>
    world.start({ documents: () => store, endpoints: 2, ...between });
  return { world, lost, inFlight, store, start, payer: start() };
};

const first = async (store: Documents) => (await store.collection(payoutCollection).find())[0];
const list = async ({ payouts }: PayerProcess) => (await payouts.list({ limit: 10 })).items;

describe("a payout that was signed when the log ended", () => {
  it("is found on the chain, and not sent again", async () => {
    const { world, lost, inFlight, store, payer } = await openRecovered();
    expect(inFlight).toEqual([{ payoutId: lost.id, txid: lost.txid }]);
    expect(await first(store)).toMatchObject({ state: "signed", wallet: world.wallet, attempt: 1 });
    await world.finish(payer);
    expect(await list(payer)).toMatchObject([{ state: "confirmed", txid: lost.txid }]);
    expect(world.devnet.transfers().filter(({ from }) => from === world.wallet)).toHaveLength(1);
    expect(payer.payouts.state()).toEqual({ state: "running", reason: null });
  });

  it("was sent from the wallet that its receipt shows, whatever the ledger's clock made of it", async () => {
    const { world, store, payer } = await openRecovered({ isRotated: true });
    expect(await first(store)).toMatchObject({ wallet: world.stranger });
    await world.finish(payer);
    expect(await first(store)).toMatchObject({ state: "confirmed", wallet: world.wallet });
  });

  it("is paid in a new attempt only once nothing of it can enter the chain any more", async () => {
    const { world, lost, payer } = await openRecovered({ prepare: neverIncluded });
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

  it("is dead after its time also when the store knows no position of the wallet that it was signed for", async () => {
    const { world, store, payer } = await openRecovered({
      prepare: neverIncluded,
      isRotated: true,
    });
    await payer.run();
    expect(await first(store)).toMatchObject({ state: "broadcast", wallet: world.stranger });
    await world.services.clock.advance(DAY_MS);
    await world.mine(5);
    await payer.run();
    expect(await first(store)).toMatchObject({ state: "expired", expiries: [{ attempt: 1 }] });
  });

  it("is looked for in the blocks since its signature alone, and no further once the run has to end", async () => {
    const { world, lost, store, start } = await openRecovered({
      prepare: async (w) => {
        await w.mine(400);
        neverIncluded(w);
      },
    });
    const ending = new AbortController();
    let pages = 0;
    const payer = start({
      chain: (port) => ({
        ...port,
        solidBlocks: (from, to) => {
          if (to - from > 1) pages += 1;
          if (pages > 0) ending.abort();
          return port.solidBlocks(from, to);
        },
      }),
    });
    await payer.run();
    await world.mine(400);
    await world.services.clock.advance(DAY_MS);
    await world.mine(5);
    await payer.run(undefined, ending.signal);
    expect(pages).toBeLessThanOrEqual(2);
    expect(await first(store)).toMatchObject({ state: "broadcast", parked: true });
    await payer.run();
    const number = (await first(store))?.expiries[0]?.from_block ?? 0;
    const fromMs = world.devnet.blocks()[number]?.timestampMs ?? 0;
    expect(number).toBeLessThanOrEqual(lost.ref_block_number ?? 0);
    expect((lost.timestamp_ms ?? 0) - fromMs).toBeLessThan(2 * MAX_CLOCK_DIFFERENCE_MS);
  });
});

describe("a payout of which the store says another thing than the log", () => {
  it.each([
    ["of a change that both know", (record: PayoutRecord) => ({ ...record, at: record.at + 1 })],
    [
      "of the amount in one that only the log knows",
      (record: PayoutRecord) =>
        record.state === "signed" ? { ...record, net_micro: "1" } : record,
    ],
  ])("is of another history: %s", async (_, say) => {
    await expect(openRecovered({ say })).rejects.toMatchObject({ code: "backup.fork" });
  });
});
