import { parseAddress } from "./address.ts";
import { base32, fromHex, labelledHash, sha256 } from "./bytes.ts";

const ID = /^[a-z2-7]{32}$/;

/** `"node_" ‖ base32(first 20 bytes of H(public_key))`; takes the key as hex of 32 bytes. */
export function nodeId(publicKey: string): string {
  return `node_${base32(sha256(fromHex(publicKey, 32)).subarray(0, 20))}`;
}

/**
 * `"owner_" ‖ base32(first 20 bytes of H("lucid/owner/v1\n" ‖ network_id ‖ address))` of the owner's first address
 * (base58); it stays when the address changes.
 */
export function ownerId(networkId: string, address: string): string {
  return `owner_${base32(labelledHash("owner", fromHex(networkId, 32), parseAddress(address)).subarray(0, 20))}`;
}

/** Whether a value has the form of a node id. */
export function isNodeId(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("node_") && ID.test(value.slice(5));
}

/** Whether a value has the form of an owner id. */
export function isOwnerId(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("owner_") && ID.test(value.slice(6));
}
