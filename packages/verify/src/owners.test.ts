import { addressText, cancelText, freezeText, signMessage, signObject } from "@lucid/protocol";
import type { AddressChange, LedgerDraft } from "@lucid/protocol";
import { expect, test } from "vitest";
import { at, createOwner, createWorld, fullPlan, verifyWorld } from "./testing/world/index.ts";
import type { Lies, WorldNode, WorldPlan, WorldRecord } from "./testing/world/index.ts";

const HOUR_MS = 3_600_000;
/** Slots of six hours, so that 48 hours are eight of them and 30 days 120. */
const slow: WorldPlan = {
  ...fullPlan,
  genesis: { slot_ms: 6 * HOUR_MS, grace_ms: 400, leader_window_ms: 300 },
  deaf: [],
  unobserved: [],
};
const { network, nodes } = createWorld({ ...slow, blocks: 1 });
const { networkId } = network;
const [node] = nodes as [WorldNode];
const { ownerId, address: from, walletKey } = node.owner;
const next = createOwner(networkId, "the next wallet");

const change = (isSignedByOld: boolean): WorldRecord => {
  const text = addressText({ networkId, ownerId, from, to: next.address, seq: 0 });
  const unsigned: Omit<AddressChange, "signature"> = {
    owner_id: ownerId,
    node_id: node.nodeId,
    old_address: from,
    new_address: next.address,
    seq: 0,
    new_wallet_signature: signMessage(next.walletKey, text),
    ...(isSignedByOld && { old_wallet_signature: signMessage(walletKey, text) }),
  };
  const signature = signObject("address_change", networkId, unsigned, node.seed);
  return { type: "address_change", data: { ...unsigned, signature } };
};

const cancellation: WorldRecord = {
  type: "address_change",
  data: {
    owner_id: ownerId,
    seq: 0,
    wallet_signature: signMessage(walletKey, cancelText(networkId, ownerId, 0)),
  },
};

const paidTo = (address: string): Lies => ({
  entries: (drafts: LedgerDraft[]) =>
    drafts.map((draft) =>
      draft.ref !== undefined && draft.account === `owner:${ownerId}`
        ? { ...draft, ref: address }
        : draft,
    ),
  payout: (record) => (record.owner_id === ownerId ? { ...record, recipient: address } : record),
});

const sealing = (records: Readonly<Record<number, WorldRecord>>): Lies => ({
  records: (height, honest) => [...honest, ...[records[height] ?? []].flat()],
});

/** The first payouts are decided in block 44. */
const verdictOf = async (lies: Lies): Promise<string> => {
  const { first_mismatch } = await verifyWorld(lies, slow);
  return first_mismatch?.code ?? "follows";
};

test("an address that both wallets signed is in force after 48 hours, and not before", async () => {
  const inTime = sealing({ 30: change(true) });
  expect(await verdictOf({ ...inTime, ...paidTo(next.address) })).toBe("follows");
  expect(await verdictOf(inTime)).toBe("payout.recipient");
  const tooLate = sealing({ 36: change(true) });
  expect(await verdictOf({ ...tooLate, ...paidTo(next.address) })).toBe("payout.recipient");
});

test("one that the old wallet did not sign waits for 30 days, and can be taken back", async () => {
  const waiting = sealing({ 5: change(false) });
  expect(await verdictOf({ ...waiting, ...paidTo(next.address) })).toBe("payout.recipient");
  expect(await verdictOf(waiting)).toBe("follows");
  const { checked } = await verifyWorld(sealing({ 5: change(false), 6: cancellation }), slow);
  expect(checked.address_changes).toBe(2);
});

test("a cancellation needs the old wallet", async () => {
  const signed = signMessage(next.walletKey, cancelText(networkId, ownerId, 0));
  const forged = {
    ...cancellation,
    data: { ...cancellation.data, wallet_signature: signed },
  } as WorldRecord;
  expect(await verdictOf(sealing({ 5: change(false), 6: forged }))).toBe(
    "address_change.wallet_signature",
  );
});

test("an owner's wallet freezes a node, which counts as checked", async () => {
  const signature = signMessage(walletKey, freezeText(networkId, node.nodeId, 0));
  const frozen: WorldRecord = {
    type: "standing",
    data: {
      node_id: node.nodeId,
      standing: "suspended",
      reason: "frozen",
      by: "owner",
      wallet_signature: signature,
      seq: 0,
    },
  };
  const lies = { records: at(84, (records: WorldRecord[]) => [...records, frozen]) };
  const [before, after] = [await verifyWorld({}, slow), await verifyWorld(lies, slow)];
  expect(after.follows).toBe(true);
  expect(after.checked.standings).toBe((before.checked.standings ?? 0) + 1);
});
