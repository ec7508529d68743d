import { ed25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 as nobleSha256, sha512 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";

const { Point } = ed25519;

/** SHA-256 of `input`. */
export function sha256(input: Uint8Array): Uint8Array {
  return nobleSha256(input);
}

/** SHA-256 of `input` into the first 32 bytes of `output` (which may be `input`); answers `output`. */
export function sha256Into<Bytes extends Uint8Array>(input: Uint8Array, output: Bytes): Bytes {
  output.set(nobleSha256(input));
  return output;
}

/** HKDF-SHA256 (RFC 5869). */
export function hkdfSha256(
  ikm: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array {
  return hkdf(nobleSha256, ikm, salt, info, length);
}

/** Public key (32 bytes) of a 32-byte seed, RFC 8032. */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed);
}

/** Signature (64 bytes) of a message by a 32-byte seed, RFC 8032. */
export function ed25519Sign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, seed);
}

/**
 * S < L and encode(S·B - k·A) = R, without the cofactor. The library's own `verify` multiplies by the cofactor even
 * with `zip215: false`, and so accepts signatures that OpenSSL and Go refuse.
 */
export function ed25519Equation(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  if (s >= Point.Fn.ORDER) return false;
  const k = Point.Fn.create(littleEndian(sha512(concatBytes(r, publicKey, message))));
  const a = decodePoint(publicKey);
  if (a === null) return false;
  const recomputed = Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k)).toBytes();
  return recomputed.every((byte, i) => byte === r[i]);
}

function decodePoint(bytes: Uint8Array) {
  try {
    return Point.fromBytes(bytes, false);
  } catch {
    return null; // not on the curve: the library has no other way to say so
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}
