import {
  addressOfKey,
  createChain,
  ed25519PublicKey,
  enrolText,
  findEnrolmentNonce,
  NO_HEADER_HASH,
  nodeId,
  ownerId,
  sha256,
  signMessage,
  signObject,
  toHex,
  utf8,
} from "@lucid/protocol";
import type { BeaconChain, BlockNetwork, Commitment, Enrolment } from "@lucid/protocol";

/** Somebody who is paid, with the key of the wallet. */
export type WorldOwner = { walletKey: string; address: string; ownerId: string };

/** A node with its secret. */
export type WorldNode = {
  seed: Uint8Array;
  publicKey: string;
  nodeId: string;
  owner: WorldOwner;
  chain(epoch: number): BeaconChain;
};

export const createOwner = (networkId: string, name: string): WorldOwner => {
  const walletKey = toHex(sha256(utf8(`wallet of ${name}`)));
  const address = addressOfKey(walletKey);
  return { walletKey, address, ownerId: ownerId(networkId, address) };
};

export const createNode = (
  { genesis, networkId }: BlockNetwork,
  name: string,
  owner: WorldOwner,
): WorldNode => {
  const seed = sha256(utf8(`node ${name}`));
  const publicKey = toHex(ed25519PublicKey(seed));
  const chains = new Map<number, BeaconChain>();
  const slots = genesis.slots_per_epoch;
  return {
    seed,
    publicKey,
    nodeId: nodeId(publicKey),
    owner,
    chain: (epoch) => {
      const made =
        chains.get(epoch) ??
        createChain({ seed, networkId, publicKeyHex: publicKey, epoch, slots });
      chains.set(epoch, made);
      return made;
    },
  };
};

/** The enrolment of a node before there is a block. */
export const enrol = ({ genesis, networkId }: BlockNetwork, node: WorldNode): Enrolment => {
  const { publicKey: public_key, nodeId, owner, seed } = node;
  const { address, walletKey } = owner;
  const unsigned = {
    public_key,
    address,
    seq: 0,
    header_hash: NO_HEADER_HASH,
    nonce: findEnrolmentNonce(networkId, NO_HEADER_HASH, public_key, genesis.enrol_pow_bits),
    wallet_signature: signMessage(walletKey, enrolText(networkId, nodeId, address, 0)),
  };
  return { ...unsigned, signature: signObject("enrol", networkId, unsigned, seed) };
};

export const commit = (networkId: string, node: WorldNode, epoch: number): Commitment => {
  const unsigned = { node_id: node.nodeId, epoch, anchor: toHex(node.chain(epoch).anchor) };
  return { ...unsigned, signature: signObject("commitment", networkId, unsigned, node.seed) };
};
