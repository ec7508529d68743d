import { base32, fromHex, labelledHash, sha256, toHex, u64, utf8 } from "../bytes.ts";
import { encode } from "../canonical.ts";

/** The account of an owner. */
export function ownerAccount(ownerId: string): string {
  return `owner:${ownerId}`;
}

/** Key of the entry that credits a node's reward for an epoch to its owner. */
export function rewardKey(epoch: number, nodeId: string): string {
  return `reward:${epoch}:${nodeId}`;
}

/** Key of the debit that decides a payout. */
export function payoutKey(payoutId: string): string {
  return `payout:${payoutId}`;
}

/** Key of the entry that gives back a payout that failed or was cancelled. */
export function payoutReversalKey(payoutId: string): string {
  return `payout_reversal:${payoutId}`;
}

/** `"payout_" ‖ first 26 base32 characters of H(network_id ‖ account ‖ u64(seq))`, seq that of the debit. */
export function payoutId(networkId: string, account: string, seq: number): string {
  return `payout_${base32(sha256(fromHex(networkId, 32), utf8(account), u64(seq))).slice(0, 26)}`;
}

/**
 * Key of entry 0 of the account `network`, which binds a ledger to one network, chain (genesis block id) and token:
 * `binding:<hex of H("lucid/binding/v1\n" ‖ JCS({network_id, chain, token}))>`.
 */
export function bindingKey(networkId: string, chainGenesisId: string, token: string): string {
  const binding = { network_id: networkId, chain: chainGenesisId, token };
  return `binding:${toHex(labelledHash("binding", encode(binding)))}`;
}

/** Key of the entry that adds a wallet (base58) to a ledger. */
export function walletKey(address: string): string {
  return `wallet:${address}`;
}
