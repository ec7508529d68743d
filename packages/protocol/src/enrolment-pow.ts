import { concat, fromHex, labelledHash, toHex, u64 } from "./bytes.ts";

/** `header_hash` of an enrolment while the network has no block. */
export const NO_HEADER_HASH = "00".repeat(32);

/**
 * Proof of work of an enrolment: the leading zero bits of
 * `H("lucid/enrol_pow/v1\n" ‖ network_id ‖ header_hash ‖ public_key ‖ nonce)`. All hex, the nonce of 8 bytes.
 */
export function enrolmentPow(
  networkId: string,
  headerHash: string,
  publicKey: string,
  nonce: string,
): number {
  return leadingZeroBits(powHash(powPrefix(networkId, headerHash, publicKey), fromHex(nonce, 8)));
}

/** The first nonce (hex of 8 bytes), counted from 0, with at least `bits` zero bits; tries about 2^bits of them. */
export function findEnrolmentNonce(
  networkId: string,
  headerHash: string,
  publicKey: string,
  bits: number,
): string {
  const prefix = powPrefix(networkId, headerHash, publicKey);
  for (let counter = 0; ; counter++) {
    const nonce = u64(counter);
    if (leadingZeroBits(powHash(prefix, nonce)) >= bits) return toHex(nonce);
  }
}

function powPrefix(networkId: string, headerHash: string, publicKey: string): Uint8Array {
  return concat(fromHex(networkId, 32), fromHex(headerHash, 32), fromHex(publicKey, 32));
}

function powHash(prefix: Uint8Array, nonce: Uint8Array): Uint8Array {
  return labelledHash("enrol_pow", prefix, nonce);
}

function leadingZeroBits(hash: Uint8Array): number {
  const firstNonZero = hash.findIndex((byte) => byte !== 0);
  if (firstNonZero === -1) return 8 * hash.length;
  return 8 * firstNonZero + Math.clz32(hash[firstNonZero] as number) - 24;
}
