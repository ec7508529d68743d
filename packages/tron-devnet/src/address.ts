import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { createBase58check } from "@scure/base";
import { fromHex, sha256, toHex } from "./bytes.ts";

const base58check = createBase58check(sha256);

/** Inside the devnet an address is 21 bytes of lower-case hex that starts with 41. */
export function hexToBase58(address: string): string {
  return base58check.encode(fromHex(address));
}

/** Accepts base58check or hex, as java-tron does with and without `visible`; null for anything else. */
export function parseAddress(text: unknown): string | null {
  if (typeof text !== "string") return null;
  if (/^41[0-9a-fA-F]{40}$/.test(text)) return text.toLowerCase();
  try {
    const hex = toHex(base58check.decode(text));
    return /^41[0-9a-f]{40}$/.test(hex) ? hex : null;
  } catch {
    return null;
  }
}

/** `publicKey` is compressed or not; the address is 41 and the last 20 bytes of its Keccak-256. */
export function publicKeyToAddress(publicKey: Uint8Array): string {
  const point = secp256k1.Point.fromBytes(publicKey).toBytes(false);
  return `41${toHex(keccak_256(point.subarray(1)).subarray(12))}`;
}
