import { createPrivateKey, createPublicKey, hash, hkdfSync, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";

// RFC 8410: the fixed DER that precedes the 32 raw bytes of an Ed25519 key.
const PRIVATE_KEY_DER = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_KEY_DER = Buffer.from("302a300506032b6570032100", "hex");

/** SHA-256 of `input`. */
export function sha256(input: Uint8Array): Uint8Array {
  return sha256Into(input, new Uint8Array(32));
}

/**
 * SHA-256 of `input` into the first 32 bytes of `output` (which may be `input`); answers `output`. Through a latin1
 * string, because handing out a fresh Buffer for each hash is 3 times slower.
 */
export function sha256Into<Bytes extends Uint8Array>(input: Uint8Array, output: Bytes): Bytes {
  const digest = hash("sha256", input, "binary");
  for (let i = 0; i < 32; i++) output[i] = digest.charCodeAt(i);
  return output;
}

/** HKDF-SHA256 (RFC 5869). */
export function hkdfSha256(
  ikm: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", ikm, salt, info, length));
}

/** Public key (32 bytes) of a 32-byte seed, RFC 8032. */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  const der = createPublicKey(privateKey(seed)).export({ format: "der", type: "spki" });
  return new Uint8Array(der.subarray(PUBLIC_KEY_DER.length));
}

/** Signature (64 bytes) of a message by a 32-byte seed, RFC 8032. */
export function ed25519Sign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, message, privateKey(seed)));
}

/** OpenSSL's check: S < L and encode(S·B - k·A) = R. The strict rule around it is in `ed25519.ts`. */
export function ed25519Equation(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verify(null, message, publicKeyObject(publicKey), signature);
}

/** Keys that were used last: making a key object is a quarter of a check, and a log is signed by few keys. */
const recentKeys = new Map<string, KeyObject>();
const MAX_RECENT_KEYS = 64;

function publicKeyObject(publicKey: Uint8Array): KeyObject {
  const name = Buffer.from(publicKey).toString("latin1");
  const known = recentKeys.get(name);
  if (known !== undefined) return known;
  const key = Buffer.concat([PUBLIC_KEY_DER, publicKey]);
  const made = createPublicKey({ key, format: "der", type: "spki" });
  if (recentKeys.size >= MAX_RECENT_KEYS) recentKeys.clear();
  recentKeys.set(name, made);
  return made;
}

/** A service signs with the same few arrays all its life; what is dropped is forgotten with them. */
const privateKeys = new WeakMap<Uint8Array, KeyObject>();

function privateKey(seed: Uint8Array): KeyObject {
  const known = privateKeys.get(seed);
  if (known !== undefined) return known;
  if (seed.length !== 32) throw new RangeError(`an Ed25519 seed has 32 bytes, not ${seed.length}`);
  const key = Buffer.concat([PRIVATE_KEY_DER, seed]);
  const made = createPrivateKey({ key, format: "der", type: "pkcs8" });
  privateKeys.set(seed, made);
  return made;
}
