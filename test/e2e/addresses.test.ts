import { join } from "node:path";
import { errorTable } from "@lucid/api";
import { ApiError, type Client, createClient } from "@lucid/api/client";
import { createHttp } from "@lucid/platform/http";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { ownerAccount, slotAt } from "@lucid/protocol";
import { verifyLog } from "@lucid/verify";
import { afterEach, beforeEach, expect, it } from "vitest";
import { registerAddressRoutes } from "../../packages/node-management/src/addresses/index.ts";
import { registerLedgerRoutes } from "../../packages/node-management/src/ledger/index.ts";
import { registerOwnerRoutes } from "../../packages/node-management/src/payouts/index.ts";
import {
  createTestNode,
  signCancellation,
  signChange,
  slowNetwork,
  type TestNode,
} from "../../packages/node-management/src/testing/index.ts";
import { SOLID_AFTER } from "../../packages/node-management/src/testing/payer-world.ts";
import { openLogStore } from "../../packages/tron/src/signer/log-store.ts";
import { createLogView } from "../../packages/tron/src/signer/log-view.ts";
import { createPaidNetwork, type PaidNetwork } from "./paid-network.ts";
import { publishedLog, publishedSource } from "./published-log.ts";

const first = 30;
const alive = new AbortController().signal;
/** Slots of ten minutes, so that 48 hours are 288 of them: some 19 epochs of 15. */
const network = slowNetwork(600_000);

let stack: AsyncDisposableStack;
let world: PaidNetwork["world"];
let paying: PaidNetwork["paying"];
let settler: PaidNetwork["settler"];
let payer: PaidNetwork["payer"];
let client: Client;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  const paid = stack.use(await createPaidNetwork([1, 1], {}, network));
  ({ world, paying, settler, payer } = paid);
  client = createClient({ baseUrl: await serve() });
});
afterEach(() => stack.disposeAsync());

const serve = async (): Promise<string> => {
  const { services } = world;
  const http = stack.use(
    createHttp(
      {
        log: createLog({ level: "silent", name: "test" }),
        metrics: createMetrics(),
        clock: services.clock,
        errors: errorTable,
        authenticate: () => {
          throw new Error("nobody signs in here");
        },
      },
      { info: { title: "test", version: "0", description: "test" } },
    ),
  );
  const deps = { ...services, ...settler, ...payer, http, explorer: undefined };
  registerAddressRoutes(deps);
  registerLedgerRoutes(deps);
  registerOwnerRoutes(deps);
  return (await http.listen({ host: "127.0.0.1", port: 0 })).url;
};

const playAndPay = async (epoch: number): Promise<void> => {
  await world.play(epoch, () => true);
  await settler.epochs.settleDue(alive);
  await world.services.seal();
  await payer.payouts.request();
  for (let round = 0; round < 3; round++) {
    await paying.mine(1);
    await payer.run();
    for (let step = 0; step < 2; step++) {
      await paying.mine(SOLID_AFTER + 1);
      await payer.run();
    }
    await sealNext();
  }
};

const sealNext = async (): Promise<void> => {
  const { services } = world;
  const slot = slotAt(network.genesis, services.clock.now()) + 1;
  await services.goTo(slot, network.genesis.grace_ms);
  await services.seal();
};

const nodeAt = (position: number): TestNode => world.nodes[position] as TestNode;
const idOf = ({ address }: TestNode): string =>
  world.services.registry.ownerOfAddress(address)?.ownerId ?? "";
const view = (owner_id: string) => client.call("getOwner", { params: { owner_id } });
const change = (
  ...given: Parameters<typeof signChange> extends [unknown, ...infer A] ? A : never
) => {
  const { owner_id, ...body } = signChange(network, ...given);
  return client.call("changeAddress", { params: { owner_id }, body });
};
const cancel = (given: Parameters<typeof signCancellation>[1]) => {
  const { owner_id, ...body } = signCancellation(network, given);
  return client.call("cancelAddressChange", { params: { owner_id }, body });
};
const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "nothing",
    (error: unknown) => (error instanceof ApiError ? error.code : "another error"),
  );
const recipients = async (owner_id: string) =>
  (await client.call("listOwnerPayouts", { params: { owner_id }, query: { limit: 100 } })).items;

it("an owner is paid at the old address until the delay is over, then the rest goes to the new one", async () => {
  const [mover, stayer, thief] = [nodeAt(0), nodeAt(1), createTestNode(network, "thief")];
  const next = createTestNode(network, "next");
  const [ownerId, otherId] = [idOf(mover), idOf(stayer)];
  await playAndPay(first);

  const asked = { node: mover, ownerId, to: next };
  expect(await codeOf(change({ ...asked, to: stayer }))).toBe("addresses.new_address");
  expect(await codeOf(change(asked, { signature: "00".repeat(64) }))).toBe("addresses.signature");
  expect(await codeOf(change({ ...asked, node: stayer, from: mover }))).toBe("addresses.node");
  const announced = await change(asked);
  expect(announced).toMatchObject({ state: "announced", with_old_wallet: true, seq: 0 });
  expect(await change(asked)).toEqual(announced);
  await change({ node: stayer, ownerId: otherId, to: thief, withOld: false });
  await sealNext();
  expect(await codeOf(cancel({ ownerId: otherId, from: mover }))).toBe("addresses.signature");
  await cancel({ ownerId: otherId, from: stayer });

  const pending = await view(ownerId);
  expect(pending).toMatchObject({
    address: mover.address,
    address_seq: 1,
    address_change: { state: "pending", new_address: next.address },
  });
  const takesForceMs = Date.parse(pending.address_change?.takes_force_at ?? "");
  await playAndPay(first + 1);
  // What is earned before the delay is over and due after it goes to the new address.
  await world.sleepUntil(first + 18, 12);
  await playAndPay(first + 19);
  await playAndPay(first + 20);
  expect(world.services.clock.now()).toBeGreaterThan(takesForceMs);
  expect(await view(ownerId)).toMatchObject({ address: next.address, address_change: null });

  const paid = await recipients(ownerId);
  for (const { recipient, created_at } of paid)
    expect(recipient).toBe(Date.parse(created_at) < takesForceMs ? mover.address : next.address);
  const to = ({ address }: TestNode) =>
    paying.devnet.transfers().filter((transfer) => transfer.to === address);
  expect([to(mover).length, to(next).length].map((count) => count > 0)).toEqual([true, true]);
  expect(to(mover).length + to(next).length).toBe(paid.length);
  expect(to(thief)).toEqual([]);
  const { items } = await client.call("listAddressChanges", { params: { owner_id: otherId } });
  expect(items.map(({ state }) => state)).toEqual(["cancelled"]);
  expect((await view(otherId)).address).toBe(stayer.address);

  const report = await verifyLog(await publishedLog(world.services));
  expect(report.first_mismatch).toBeNull();
  expect(report.follows).toBe(true);
  expect(report.checked["address_changes"]).toBe(3);
  expect(report.checked["payouts"]).toBeGreaterThan(3);
  await expectSignerAgrees(ownerId, [mover.address, next.address]);
}, 120_000);

/** The signer takes the owner's addresses from the log itself. */
const expectSignerAgrees = async (ownerId: string, addresses: string[]): Promise<void> => {
  const signer = createLogView(
    {
      source: publishedSource(world.services),
      store: openLogStore(join(paying.dir, "signer-log.sqlite")),
    },
    { networkId: network.networkId },
  );
  await signer.refresh();
  const account = ownerAccount(ownerId);
  const { items } = await client.call("listOwnerLedger", { params: { owner_id: ownerId } });
  const seen = items
    .filter(({ kind }) => kind === "payout")
    .map(({ seq, ref }) => ({ ref, address: signer.debit(account, seq)?.address ?? null }));
  expect(seen.map(({ address }) => address)).toEqual(seen.map(({ ref }) => ref));
  expect(new Set(seen.map(({ ref }) => ref))).toEqual(new Set(addresses));
};
