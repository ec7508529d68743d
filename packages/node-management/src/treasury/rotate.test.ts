import { addressOfKey } from "@lucid/protocol";
import { createLocalSigner, networkProfile } from "@lucid/tron";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRefusedAddress } from "../refused-address.ts";
import { CLAIM_MS } from "../registry/claims.ts";
import { usdt } from "../testing/decision-world.ts";
import {
  createPayerWorld,
  type PayerProcess,
  type PayerWorld,
  STRANGER_KEY,
} from "../testing/payer-world.ts";

let world: PayerWorld;
beforeEach(async () => {
  world = await createPayerWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const list = async ({ payouts }: PayerProcess) => (await payouts.list({ limit: 100 })).items;
const states = async ({ treasury }: PayerProcess) =>
  (await treasury.status()).wallets.map(({ state }) => state);

/** A process that has the key of the wallet of somebody who was a stranger before. */
const startWithOtherKey = () => {
  const { url, genesisBlockId, token } = world.devnet;
  const endpoints = [{ full: url, solidity: url }];
  const profile = networkProfile("local", { genesisBlockId, token, endpoints });
  return world.start({ signer: () => createLocalSigner({ privateKeyHex: STRANGER_KEY, profile }) });
};

it("goes on from another wallet while payouts of the old one are on their way, and watches both", async () => {
  const { earn, owner, stranger, wallet, devnet } = world;
  await earn(await owner("a"), usdt(10));
  const old = world.start();
  await old.run();
  expect(await old.treasury.rotate(stranger)).toMatchObject({
    outcome: "rotated",
    wallets: [{ state: "draining" }, { state: "active" }],
  });
  await earn(await owner("b"), usdt(20));
  await old.payouts.request();
  await old.run();
  expect(old.payouts.state().reason).toContain(`the ledger pays from ${stranger} now`);

  const binding = { chainGenesisId: devnet.genesisBlockId, token: devnet.token };
  const later = startWithOtherKey();
  expect(await later.ledger.bind({ ...binding, wallet })).toMatchObject({
    code: "ledger.other_wallet",
  });
  expect(await later.ledger.bind({ ...binding, wallet: stranger })).toEqual({ ok: true });
  await world.finish(later);
  expect(await list(later)).toMatchObject([
    { state: "confirmed", wallet: stranger, net_micro: usdt(19.8) },
    { state: "confirmed", wallet, net_micro: usdt(9.9) },
  ]);
  expect(await states(later)).toEqual(["retired", "active"]);
  expect(later.payouts.state()).toEqual({ state: "running", reason: null });

  const txid = await world.move("wallet", stranger, usdt(100));
  await later.payouts.request();
  await later.run();
  expect(later.payouts.state()).toMatchObject({ state: "stopped" });
  expect(later.payouts.state().reason).toContain(txid);
  const said = { txid, reason: "moved to the new wallet", by: "person_a" };
  expect(await later.treasury.record(said)).toMatchObject({ outcome: "recorded" });
  await later.run();
  expect(later.payouts.state()).toEqual({ state: "running", reason: null });
  expect(await later.treasury.unrecordedMicro(stranger)).toBe(0n);
});

it("takes no address that an owner is taking, and keeps the one that it takes from owners", async () => {
  const { services, stranger } = world;
  const { network } = services;
  const { treasury, ledger } = world.start();
  const none = { NODE_ADDRESS: undefined, TRON_TOKEN: undefined };
  const refused = createRefusedAddress({ network, payer: null, ledger }, none);
  expect(await refused(stranger)).toBeNull();
  await services.registry.claimAddress(stranger, "owner_a");
  expect(await treasury.rotate(stranger)).toMatchObject({ code: "treasury.wallet" });
  await services.clock.advance(CLAIM_MS);
  expect(await treasury.rotate(stranger)).toMatchObject({ outcome: "rotated" });
  expect(await services.registry.claimAddress(stranger, "owner_a")).toBe(false);
  expect(await refused(stranger)).toBe("a wallet of this network's treasury");
});

it("refuses an address to owners while what arrives there is lost to them, as far as the chain tells", async () => {
  const { services, stranger, devnet } = world;
  const { network } = services;
  const { ledger, payer } = world.start({ endpoints: 2 });
  const none = { NODE_ADDRESS: undefined, TRON_TOKEN: undefined };
  const refused = createRefusedAddress({ network, payer, ledger }, none);
  devnet.fault({ kind: "key_moved", recipient: stranger });
  devnet.fault({ kind: "down", node: "a" });
  expect(await refused(stranger)).toBe("an account that its own key alone does not control");
  devnet.fault({ kind: "down" });
  expect(await refused(stranger)).toBeNull();
  devnet.clearFaults();
  devnet.setToken({ blacklist: [stranger] });
  devnet.mine(1);
  expect(await refused(stranger)).toMatch(/on the token's blacklist/);
});

it("refuses what cannot be paid from", async () => {
  const { owner, wallet, stranger, devnet } = world;
  const { treasury } = world.start();
  const { address } = await owner("a");
  const unfunded = addressOfKey("44".repeat(32));
  for (const refused of ["TXYZ", wallet, devnet.token, address, unfunded])
    expect(await treasury.rotate(refused)).toMatchObject({ code: "treasury.wallet" });
  devnet.fault({ kind: "down" });
  expect(await treasury.rotate(stranger)).toMatchObject({ code: "treasury.unreachable" });
  expect(await states(world.start())).toEqual(["active"]);
});
