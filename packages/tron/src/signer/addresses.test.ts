import {
  addressText,
  recordLeaf,
  signMessage,
  signObject,
  type AddressChange,
} from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createOwner, type WorldNode } from "../../../verify/src/testing/world/index.ts";
import { createSignerWorld, type SignerProcess, type SignerWorld } from "./testing/world.ts";

/** With slots of half a day the 48 hours of a change are four blocks. */
const SLOT_MS = 43_200_000;

let world: SignerWorld;
let signer: SignerProcess;
beforeEach(async () => {
  world = await createSignerWorld({ slot_ms: SLOT_MS });
  signer = world.start();
});
afterEach(async () => {
  signer[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

/** A change to a new wallet, signed by node, new wallet and old wallet. */
const changeOf = (node: WorldNode, to: ReturnType<typeof createOwner>): AddressChange => {
  const { networkId } = world.network;
  const { ownerId, address: from, walletKey } = node.owner;
  const text = addressText({ networkId, ownerId, from, to: to.address, seq: 0 });
  const unsigned = {
    owner_id: ownerId,
    node_id: node.nodeId,
    old_address: from,
    new_address: to.address,
    seq: 0,
    new_wallet_signature: signMessage(to.walletKey, text),
    old_wallet_signature: signMessage(walletKey, text),
  };
  const signature = signObject("address_change", networkId, unsigned, node.seed);
  return { ...unsigned, signature };
};

/** Decides a payout to an address in the slot that is open, seals it, and asks for it. */
const payTo = async (node: WorldNode, ref: string, at?: number) => {
  const entry = world.decide(node.owner, 10_000_000n, { ref, ...(at !== undefined && { at }) });
  return signer.signing.sign(await world.ask(world.sealEntry(entry)));
};

const paidTo = (ref: string) => expect.stringContaining(ref) as string;

describe("an address that changes", () => {
  it("is paid as it was until the delay is over, and never again afterwards", async () => {
    const node = world.node("ann");
    const to = createOwner(world.network.networkId, "ann's new wallet");
    const old = node.owner.address;
    world.seal([recordLeaf("address_change", changeOf(node, to))]);
    expect(await payTo(node, to.address)).toMatchObject({
      code: "signer.recipient",
      detail: paidTo(old),
    });
    expect(await payTo(node, old)).toMatchObject({ ok: true });
    for (let slot = 0; slot < 3; slot++) world.seal();
    signer[Symbol.dispose]();
    signer = world.start();
    expect(await payTo(node, to.address)).toMatchObject({ ok: true });
    expect(await payTo(node, old)).toMatchObject({
      code: "signer.recipient",
      detail: paidTo(to.address),
    });
  });

  it("is not moved by a date: a debit of another time than its block's is refused", async () => {
    const node = world.node("ann");
    const to = createOwner(world.network.networkId, "ann's new wallet");
    world.seal([recordLeaf("address_change", changeOf(node, to))]);
    const ahead = world.time.nowMs + 10 * SLOT_MS;
    expect(await payTo(node, to.address, ahead)).toMatchObject({
      code: "signer.debit_differs",
      detail: expect.stringContaining("dated ahead") as string,
    });
  });

  it("takes a wallet's word and no other's: a forged change stops the signer", async () => {
    const node = world.node("ann");
    const thief = createOwner(world.network.networkId, "thief");
    const { networkId } = world.network;
    const stranger = world.node("eve");
    const { signature: _, old_wallet_signature: __, ...change } = changeOf(node, thief);
    const forged = {
      ...change,
      signature: signObject("address_change", networkId, change, stranger.seed),
    };
    world.seal([recordLeaf("address_change", forged)]);
    expect(await payTo(node, node.owner.address)).toMatchObject({
      code: "signer.log",
      detail: expect.stringContaining("this address_change does not hold") as string,
    });
  });
});
