import { base58, createBase58check } from "@scure/base";
import { sha256 } from "#crypto";
import { ProtocolError } from "./error.ts";

const PREFIX = 0x41;
const base58check = createBase58check(sha256);

/**
 * The 21 bytes of a TRON address in base58check. Throws `wallet.address.base58`, `.checksum`, `.prefix` (another
 * chain's or kind of address) or `.zero`.
 */
export function parseAddress(address: string): Uint8Array {
  const bytes = withoutChecksum(address);
  if (bytes.length !== 21 || bytes[0] !== PREFIX) {
    throw addressError(
      "prefix",
      "is not a TRON address: one has 34 characters and begins with T",
      address,
    );
  }
  if (bytes.subarray(1).every((byte) => byte === 0)) {
    throw addressError("zero", "is the zero address, which nobody owns: give your own", address);
  }
  return bytes;
}

/** The base58check form of a 21-byte TRON address; throws `wallet.address.prefix` for other bytes. */
export function formatAddress(bytes: Uint8Array): string {
  if (bytes.length !== 21 || bytes[0] !== PREFIX) {
    throw new ProtocolError(
      "wallet.address.prefix",
      "a TRON address is 21 bytes, the first of them 41",
    );
  }
  return base58check.encode(bytes);
}

/** Whether a value is a TRON address that can be paid (checksum right, not the zero address). */
export function isAddress(value: unknown): value is string {
  if (typeof value !== "string") return false;
  try {
    return parseAddress(value).length === 21;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}

function withoutChecksum(address: string): Uint8Array {
  // A bound before decoding, which takes time quadratic in the length.
  const isBase58 = typeof address === "string" && /^[1-9A-HJ-NP-Za-km-z]{20,64}$/.test(address);
  const length = isBase58 ? base58.decode(address).length : 0;
  if (length < 5) {
    throw addressError(
      "base58",
      "is not base58: it has 34 letters and digits, never 0, O, I or l",
      address,
    );
  }
  try {
    return base58check.decode(address);
  } catch {
    throw addressError(
      "checksum",
      "has a wrong checksum: a character is mistyped, copy it again",
      address,
    );
  }
}

function addressError(kind: string, problem: string, address: string): ProtocolError {
  const shown = address.slice(0, 64);
  return new ProtocolError(
    `wallet.address.${kind}`,
    `the address ${JSON.stringify(shown)} ${problem}`,
    { address: shown },
  );
}
