import type { ResponseOf, Routes } from "@lucid/api";
import type { Client } from "@lucid/api/client";
import { addressText, cancelText, parseAddress, signObject } from "@lucid/protocol";
import { signText, type Wallet } from "../enrol/index.ts";
import type { Membership, NodeKey } from "../folder/index.ts";

export type AddressChangeView = ResponseOf<Routes["listAddressChanges"]>["items"][number];

export type AddressDeps = {
  readonly client: Client;
  readonly membership: Membership;
  /** One line for each step that is done. */
  readonly passed: (step: string) => void;
};

/** The owner's word about where it is paid from a later day on: signed by the node, the new wallet and, if it can, the old one. */
export const changeAddress = async (
  { client, membership, passed }: AddressDeps,
  key: NodeKey,
  wanted: {
    readonly to: string;
    /** Each is asked once everything before it is in order. */
    readonly newWallet: () => Promise<Wallet>;
    /** Null where the old wallet is lost. */
    readonly oldWallet: ((from: string) => Promise<Wallet>) | null;
  },
): Promise<AddressChangeView> => {
  const { to, newWallet, oldWallet } = wanted;
  const { networkId, ownerId } = membership;
  parseAddress(to);
  const { address: from, address_seq: seq } = await readOwner(client, ownerId);
  passed(`${ownerId} is paid at ${from}; this is its change ${seq}`);
  const text = addressText({ networkId, ownerId, from, to, seq });
  const signedBy = (wallet: Wallet, address: string) =>
    signText(wallet, { text, address, what: "address" });
  const byNew = await signedBy(await newWallet(), to);
  passed("signature of the new wallet");
  const byOld = oldWallet === null ? null : await signedBy(await oldWallet(from), from);
  if (byOld !== null) passed("signature of the old wallet");
  const unsigned = {
    owner_id: ownerId,
    node_id: key.nodeId,
    old_address: from,
    new_address: to,
    seq,
    new_wallet_signature: byNew,
    ...(byOld !== null && { old_wallet_signature: byOld }),
  };
  const signature = signObject("address_change", networkId, unsigned, key.seed);
  const { owner_id, ...body } = { ...unsigned, signature };
  return client.call("changeAddress", { params: { owner_id }, body });
};

/** The old wallet takes back a change that was made without it. */
export const cancelChange = async (
  { client, membership, passed }: AddressDeps,
  change: AddressChangeView,
  oldWallet: Wallet,
): Promise<AddressChangeView> => {
  const { networkId, ownerId } = membership;
  const { seq, old_address: address } = change;
  const text = cancelText(networkId, ownerId, seq);
  const signature = await signText(oldWallet, { text, address, what: "cancel" });
  passed("signature of the old wallet");
  const body = { seq, wallet_signature: signature };
  return client.call("cancelAddressChange", { params: { owner_id: ownerId }, body });
};

export const readOwner = (client: Client, ownerId: string) =>
  client.call("getOwner", { params: { owner_id: ownerId } });

/** The newest changes of the owner's address, as many as a page holds. */
export const readChanges = async (
  client: Client,
  ownerId: string,
): Promise<readonly AddressChangeView[]> => {
  const params = { owner_id: ownerId };
  return (await client.call("listAddressChanges", { params, query: { limit: 100 } })).items;
};
