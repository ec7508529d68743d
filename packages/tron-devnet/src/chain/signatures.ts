import { secp256k1 } from "@noble/curves/secp256k1.js";
import { publicKeyToAddress } from "../address.ts";
import { fromHex } from "../bytes.ts";

/** Address that signed a 32-byte hash given in hex; null when the signature recovers nothing. v is 0, 1, 27 or 28. */
export function recoverSigner(hashHex: string, signature: Uint8Array): string | null {
  const v = signature[64];
  if (signature.length !== 65 || v === undefined) return null;
  const recovery = v >= 27 ? v - 27 : v;
  const recovered = Uint8Array.of(recovery, ...signature.subarray(0, 64));
  try {
    return publicKeyToAddress(
      secp256k1.recoverPublicKey(recovered, fromHex(hashHex), { prehash: false }),
    );
  } catch {
    return null;
  }
}

export function signHash(hash: Uint8Array, key: Uint8Array): Uint8Array {
  const [recovery = 0, ...compact] = secp256k1.sign(hash, key, {
    prehash: false,
    format: "recovered",
  });
  return Uint8Array.of(...compact, 27 + recovery);
}
