import { ed25519PublicKey as publicKeyOfSeed, ed25519Sign } from "#crypto";
import { concat, fromHex, isHex, toHex, utf8 } from "./bytes.ts";
import { encode } from "./canonical.ts";
import { verifyStrict } from "./ed25519.ts";
import { ProtocolError } from "./error.ts";

const KINDS = [
  "enrol",
  "commitment",
  "beacon",
  "proof",
  "header",
  "entry",
  "command",
  "key_change",
  "address_change",
  "token",
] as const;

/** What a signature is for; a closed list, disjoint from the labels of plain hashes. */
export type SignatureKind = (typeof KINDS)[number];

/** Ed25519 public key (32 bytes) of a 32-byte seed. */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  return publicKeyOfSeed(seed);
}

/**
 * The bytes that are signed: `"lucid/<kind>/v1\n" ‖ network_id ‖ JCS(object without its field signature)`
 * (`key_change`: without `signatures`). Throws `canonical.value` for an object without a canonical form,
 * `bytes.hex` for a network id that is not 32 bytes of hex.
 */
export function signedBytes(kind: SignatureKind, networkId: string, object: object): Uint8Array {
  if (!KINDS.includes(kind))
    throw new ProtocolError("signature.kind", `there is no signature kind ${kind}`);
  const omitted = kind === "key_change" ? "signatures" : "signature";
  const unsigned = Object.fromEntries(Object.entries(object).filter(([key]) => key !== omitted));
  return concat(utf8(`lucid/${kind}/v1\n`), fromHex(networkId, 32), encode(unsigned));
}

/**
 * Signs an object of the protocol.
 * @param seed 32-byte Ed25519 seed
 * @returns the signature as hex of 64 bytes
 */
export function signObject(
  kind: SignatureKind,
  networkId: string,
  object: object,
  seed: Uint8Array,
): string {
  return toHex(ed25519Sign(seed, signedBytes(kind, networkId, object)));
}

/**
 * Whether `signature` (hex) is the strictly valid signature of the object by `publicKey` (hex). Never throws for what
 * a stranger sent: malformed hex and objects without a canonical form have no valid signature.
 */
export function verifyObject(
  kind: SignatureKind,
  networkId: string,
  object: object,
  signature: string,
  publicKey: string,
): boolean {
  if (!isHex(signature, 64) || !isHex(publicKey, 32)) return false;
  const message = signableBytes(kind, networkId, object);
  return message !== null && verifyStrict(fromHex(publicKey), message, fromHex(signature));
}

function signableBytes(kind: SignatureKind, networkId: string, object: object): Uint8Array | null {
  try {
    return signedBytes(kind, networkId, object);
  } catch (error) {
    if (error instanceof ProtocolError && error.code === "canonical.value") return null;
    throw error;
  }
}
