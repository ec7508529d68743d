import { nodeId } from "../identity.ts";
import type { AddressChange, AddressChangeCancellation } from "../records/types.ts";
import { verifyObject } from "../signatures.ts";
import { refuse } from "../verdict.ts";
import type { Verdict } from "../verdict.ts";
import { signerOf } from "../wallet.ts";
import { addressText, cancelText } from "../wallet-texts.ts";

/** Why an address change is not signed as it must be. */
export type AddressChangeProblem =
  | "same_address"
  | "node_id"
  | "signature"
  | "new_wallet_signature"
  | "old_wallet_signature";

const HOUR_MS = 3_600_000;

/** How long a change that the old wallet signed too waits, and how long one without it. */
export const ADDRESS_DELAY_MS = { withOldWallet: 48 * HOUR_MS, withoutOldWallet: 720 * HOUR_MS };

/** Whether `value` is a cancellation, which is told by the one signature that it carries. */
export function isCancellation(
  value: AddressChange | AddressChangeCancellation,
): value is AddressChangeCancellation {
  return Object.hasOwn(value, "wallet_signature");
}

/** How long after the end of its sealing slot a change takes force, in ms: 48 hours, or 30 days without the old wallet. */
export function addressDelayMs({ old_wallet_signature }: AddressChange): number {
  return old_wallet_signature === undefined
    ? ADDRESS_DELAY_MS.withoutOldWallet
    : ADDRESS_DELAY_MS.withOldWallet;
}

/**
 * Judges the signatures of a change: the node's (kind `address_change`), the new wallet's and, where it is there, the
 * old wallet's, both over `addressText`. That the node is one of the owner's is for the registry, that the change fits the
 * owner's addresses for the address book.
 * @param publicKey of the change's `node_id`, hex
 */
export function checkAddressChange(
  networkId: string,
  change: AddressChange,
  publicKey: string,
): Verdict<AddressChangeProblem> {
  const { node_id, owner_id, old_address: from, new_address: to, seq } = change;
  if (from === to) return refuse("same_address", `${to} is the address that it has`);
  if (nodeId(publicKey) !== node_id) return refuse("node_id", `the key is not that of ${node_id}`);
  if (!verifyObject("address_change", networkId, change, change.signature, publicKey))
    return refuse("signature", `it is not that of ${node_id} over this change`);
  const text = addressText({ networkId, ownerId: owner_id, from, to, seq });
  if (signerOf(text, change.new_wallet_signature) !== to)
    return refuse("new_wallet_signature", `it is not that of ${to} over the address text`);
  const old = change.old_wallet_signature;
  if (old !== undefined && signerOf(text, old) !== from)
    return refuse("old_wallet_signature", `it is not that of ${from} over the address text`);
  return { ok: true };
}

/** Judges a cancellation's signature: the old wallet's of the change that it takes back, over `cancelText`. */
export function checkCancellation(
  networkId: string,
  { owner_id, seq, wallet_signature }: AddressChangeCancellation,
  oldAddress: string,
): Verdict<"wallet_signature"> {
  if (signerOf(cancelText(networkId, owner_id, seq), wallet_signature) === oldAddress)
    return { ok: true };
  return refuse("wallet_signature", `it is not that of ${oldAddress} over the cancel text`);
}
