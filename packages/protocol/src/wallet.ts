import { secp256k1 } from "@noble/curves/secp256k1.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { formatAddress } from "./address.ts";
import { concat, fromHex, toHex, utf8 } from "./bytes.ts";
import { ProtocolError } from "./error.ts";

const TIP191_PREFIX = "\x19TRON Signed Message:\n";

/** The TRON address (base58) of a secp256k1 private key (hex of 32 bytes). */
export function addressOfKey(privateKey: string): string {
  return addressOfPublicKey(secp256k1.getPublicKey(privateKeyBytes(privateKey), false));
}

/**
 * Signs a text as any TRON wallet does (TIP-191, TronWeb's `signMessageV2`).
 * @returns r ‖ s ‖ v as hex of 65 bytes, s low, v 27 or 28, deterministic (RFC 6979)
 */
export function signMessage(privateKey: string, text: string): string {
  const recovered = secp256k1.sign(messageHash(text), privateKeyBytes(privateKey), {
    prehash: false,
    lowS: true,
    format: "recovered",
  });
  const [recovery = 0] = recovered;
  return toHex(concat(recovered.subarray(1), Uint8Array.of(27 + recovery)));
}

/**
 * The TRON address (base58) whose wallet signed a text. Every signature leads to some address, so compare it.
 * Throws `wallet.signature` for what `normaliseSignature` refuses and for a signature that leads to no key.
 */
export function recoverAddress(text: string, signature: string): string {
  const bytes = fromHex(normaliseSignature(signature), 65);
  const recovered = concat(Uint8Array.of((bytes[64] as number) - 27), bytes.subarray(0, 64));
  return addressOfPublicKey(recoverPublicKey(messageHash(text), recovered));
}

/** Whose wallet signed a text, as `recoverAddress`; null where that throws. */
export function signerOf(text: string, signature: string): string | null {
  try {
    return recoverAddress(text, signature);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/**
 * A wallet's signature in the one form that is stored and signed over: hex of 65 bytes without 0x, lower case, v 27
 * or 28 (some wallets write 0 or 1). Throws `wallet.signature` for a high s (the malleable twin), another v, and
 * the 64-byte compact form (EIP-2098), which no TRON wallet makes.
 */
export function normaliseSignature(signature: string): string {
  const digits = signature.replace(/^0x/, "").toLowerCase();
  if (!/^[0-9a-f]{130}$/.test(digits))
    throw signatureError("must be 65 bytes of hex, as a wallet's signMessageV2 gives");
  const bytes = fromHex(digits);
  const v = bytes[64] as number;
  if (![0, 1, 27, 28].includes(v))
    throw signatureError(`ends in v = ${v}, which must be 27 or 28 (or 0 or 1)`);
  if (BigInt(`0x${digits.slice(64, 128)}`) > secp256k1.Point.Fn.ORDER / 2n) {
    throw signatureError("has a high s: it was altered, sign again");
  }
  bytes[64] = v < 27 ? v + 27 : v;
  return toHex(bytes);
}

/** keccak256("\x19TRON Signed Message:\n" ‖ byte length in decimal ‖ message), TIP-191. */
function messageHash(text: string): Uint8Array {
  const message = utf8(text);
  return keccak_256(concat(utf8(`${TIP191_PREFIX}${message.length}`), message));
}

/** 41 ‖ last 20 bytes of keccak256(x ‖ y). */
function addressOfPublicKey(uncompressed: Uint8Array): string {
  return formatAddress(
    concat(Uint8Array.of(0x41), keccak_256(uncompressed.subarray(1)).subarray(12)),
  );
}

function recoverPublicKey(hash: Uint8Array, recovered: Uint8Array): Uint8Array {
  try {
    const compressed = secp256k1.recoverPublicKey(recovered, hash, { prehash: false });
    return secp256k1.Point.fromBytes(compressed).toBytes(false);
  } catch {
    throw signatureError("leads to no key: it was altered, sign again");
  }
}

function privateKeyBytes(privateKey: string): Uint8Array {
  const bytes = fromHex(privateKey, 32);
  if (!secp256k1.utils.isValidSecretKey(bytes))
    throw new ProtocolError("wallet.key", "is not a secp256k1 private key");
  return bytes;
}

function signatureError(problem: string): ProtocolError {
  return new ProtocolError("wallet.signature", `the wallet signature ${problem}`);
}
