import { ownerAccount, payoutId, payoutKey, slotAt, slotEnd } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createTestNode,
  createTestServices,
  signChange,
  slowNetwork,
  type TestNode,
  testPolicy,
  type TestServices,
} from "../testing/index.ts";
import {
  createPayerWorld,
  type PayerProcess,
  type PayerWorld,
  PERIOD_MS,
  SOLID_AFTER,
} from "../testing/payer-world.ts";
import { openTestStore } from "../testing/store.ts";

const network = slowNetwork();
const { genesis } = network;
const next = createTestNode(network, "next");
const HOUR_MS = 3_600_000;

let stack: AsyncDisposableStack;
let services: TestServices;
let world: PayerWorld;
let payer: PayerProcess;
let node: TestNode;
let ownerId: string;
let isPublished: boolean;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  const store = stack.use(await openTestStore());
  const policy = testPolicy(network, { payout: { unwitnessed_delay_slots: 0 } });
  services = stack.use(await createTestServices({ network, policy, decorate: () => store }));
  world = stack.use(await createPayerWorld({ on: { services, store } }));
  isPublished = true;
  const { clock } = services;
  payer = world.start({
    publicLog: {
      sealedSlot: async () => (isPublished ? slotAt(genesis, clock.now()) : null),
      size: () => Number.POSITIVE_INFINITY,
    },
  });
  node = await world.owner("a");
  ownerId = services.registry.ownerOfAddress(node.address)?.ownerId ?? "";
});
afterEach(() => stack.disposeAsync());

const change = async (): Promise<void> => {
  const verdict = await services.addresses.change(signChange(network, { node, ownerId, to: next }));
  expect(verdict.outcome).toBe("announced");
};
const seal = async (): Promise<void> => {
  await services.goTo(slotAt(genesis, services.clock.now()) + 1, genesis.grace_ms);
  await services.seal();
};
/** Runs with a chain that is up to date. */
const run = async (): Promise<void> => {
  await world.mine(SOLID_AFTER + 1);
  await payer.payouts.request();
  await payer.run();
};
const owner = () => {
  const found = services.registry.owner(ownerId);
  if (found === null) throw new Error("the owner is gone");
  return found;
};
const newestFirst = async () => (await payer.payouts.list({}, { ownerId })).items;
const paidTo = ({ address }: TestNode): bigint =>
  world.devnet
    .transfers()
    .filter(({ to }) => to === address)
    .reduce((sum, { amountMicro }) => sum + amountMicro, 0n);

describe("a payout", () => {
  it("goes to the address in force when it was decided, also when it is signed later; what follows goes to the new one", async () => {
    await change();
    const endsMs = slotEnd(genesis, slotAt(genesis, services.clock.now())) + 48 * HOUR_MS;
    await seal();
    await services.clock.advance(endsMs - services.clock.now() - 60_000);
    await world.earn(node, 20_000_000n);
    isPublished = false;
    await run();
    expect(await newestFirst()).toMatchObject([{ state: "approved", recipient: node.address }]);
    await services.clock.advance(120_000);
    expect(owner().address).toBe(next.address);
    isPublished = true;
    await run();
    await world.finish(payer);
    await world.earn(node, 30_000_000n);
    await services.clock.advance(PERIOD_MS);
    await run();
    await world.finish(payer);
    expect([paidTo(node), paidTo(next)]).toEqual([19_800_000n, 29_700_000n]);
  });

  it("that is given back is due again at the address in force then", async () => {
    await change();
    await seal();
    await world.earn(node, 20_000_000n);
    isPublished = false;
    await run();
    const [{ id } = { id: "" }] = await newestFirst();
    await payer.payouts.decide({ act: "cancel", payoutId: id, by: "treasurer", reason: "wrong" });
    await services.clock.advance(54 * HOUR_MS);
    await services.seal();
    isPublished = true;
    await run();
    await run();
    await world.finish(payer);
    expect([paidTo(node), paidTo(next)]).toEqual([0n, 19_800_000n]);
  });

  it("waits while what the owner said about its address is not in a block", async () => {
    await world.earn(node, 20_000_000n);
    await change();
    expect(await payer.payouts.explainWait(owner())).toContain("on its way into a block");
    await run();
    expect(await newestFirst()).toEqual([]);
    await seal();
    await run();
    expect(await newestFirst()).toMatchObject([{ recipient: node.address }]);
  });

  it("is not signed for an address that was not in force when it was decided, whoever wrote the books", async () => {
    await world.earn(node, 20_000_000n);
    const account = ownerAccount(ownerId);
    await payer.ledger.append({
      account,
      seq: 1,
      key: payoutKey(payoutId(network.networkId, account, 1)),
      amountMicro: -10_000_000n,
      contra: [
        { account: "in_flight", amountMicro: 9_900_000n },
        { account: "fees", amountMicro: 100_000n },
      ],
      ref: next.address,
      policy: 1,
      at: services.clock.now(),
    });
    await run();
    await world.finish(payer, 3);
    const [payout] = await newestFirst();
    expect(payout?.why).toContain(`the owner's address when it was debited was ${node.address}`);
    expect(paidTo(next)).toBe(0n);
  });
});
