import {
  type AddressChange,
  type AddressChangeCancellation,
  addressText,
  cancelText,
  type Genesis,
  signMessage,
  signObject,
} from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import { testGenesis, type TestNode, testNetwork } from "./network.ts";

/** A network whose slots are so long that delays of days are few blocks. */
export const slowNetwork = (slotMs: Genesis["slot_ms"] = 6 * 3_600_000): Network =>
  testNetwork(testGenesis({ slot_ms: slotMs }));

/** A change of an owner's address to the wallet of another test node, as it is signed; any field may be replaced. */
export const signChange = (
  { networkId }: Network,
  {
    node,
    ownerId,
    from = node,
    to,
    seq = 0,
    withOld = true,
  }: {
    node: TestNode;
    ownerId: string;
    from?: TestNode;
    to: TestNode;
    seq?: number;
    withOld?: boolean;
  },
  replaced: Partial<AddressChange> = {},
): AddressChange => {
  const text = addressText({ networkId, ownerId, from: from.address, to: to.address, seq });
  const unsigned = {
    owner_id: ownerId,
    node_id: node.nodeId,
    old_address: from.address,
    new_address: to.address,
    seq,
    new_wallet_signature: signMessage(to.walletKey, text),
    ...(withOld && { old_wallet_signature: signMessage(from.walletKey, text) }),
    ...replaced,
  };
  const signature = signObject("address_change", networkId, unsigned, node.seed);
  return { ...unsigned, signature: replaced.signature ?? signature };
};

/** The word of an owner's old wallet against one of its changes. */
export const signCancellation = (
  { networkId }: Network,
  { ownerId, seq = 0, from }: { ownerId: string; seq?: number; from: TestNode },
): AddressChangeCancellation => ({
  owner_id: ownerId,
  seq,
  wallet_signature: signMessage(from.walletKey, cancelText(networkId, ownerId, seq)),
});
