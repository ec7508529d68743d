import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { base32nopad } from "@scure/base";
import { sha256 as sha256OfBytes } from "#crypto";
import { ProtocolError } from "./error.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes, byte for byte; null for bytes that are none. */
export function utf8ToText(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** All parts one after the other in a new array (`‖` of the protocol). */
export function concat(...parts: Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** 8 bytes big-endian of an integer from 0 to 2^64-1 (a `number` up to 2^53-1); throws `bytes.u64` outside. */
export function u64(value: number | bigint): Uint8Array {
  const isExact = typeof value === "bigint" || Number.isSafeInteger(value);
  if (!isExact || value < 0 || value > 0xffff_ffff_ffff_ffffn) {
    throw new ProtocolError("bytes.u64", `${value} is not an integer from 0 to 2^64-1`);
  }
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

/** The number in the first 8 bytes, big-endian. */
export function firstU64(bytes: Uint8Array): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
}

/** The number in the first 8 bytes, big-endian; throws `bytes.u64` above 2^53-1. */
export function firstSafeU64(bytes: Uint8Array): number {
  const value = Number(firstU64(bytes));
  if (Number.isSafeInteger(value)) return value;
  throw new ProtocolError("bytes.u64", `${value} is above 2^53-1`);
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return bytesToHex(bytes);
}

/** Whether a value is lower-case hex of exactly `length` bytes (any whole number of bytes without `length`). */
export function isHex(value: unknown, length?: number): value is string {
  if (typeof value !== "string" || value.length % 2 !== 0) return false;
  if (length !== undefined && value.length !== 2 * length) return false;
  return /^[0-9a-f]*$/.test(value);
}

/** Bytes of lower-case hex; throws `bytes.hex` unless it is that, of `length` bytes if given. */
export function fromHex(hex: string, length?: number): Uint8Array {
  if (!isHex(hex, length)) {
    const wanted = length === undefined ? "" : ` of ${length} bytes (${2 * length} digits)`;
    throw new ProtocolError("bytes.hex", `expected lower-case hex${wanted}`, { length });
  }
  return hexToBytes(hex);
}

/** Whether two byte strings are the same. Not constant time: never for secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Order of two byte strings, byte by byte, a prefix first: negative, 0 or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** RFC 4648 base32 in lower case (a-z2-7) without padding. */
export function base32(bytes: Uint8Array): string {
  return base32nopad.encode(bytes).toLowerCase();
}

/** SHA-256 of all parts one after the other. */
export function sha256(...parts: Uint8Array[]): Uint8Array {
  const only = parts.length === 1 ? parts[0] : undefined;
  return sha256OfBytes(only ?? concat(...parts));
}

/** `H("lucid/<label>/v1\n" ‖ parts)`: a plain hash of the protocol under its own label. */
export function labelledHash(label: string, ...parts: Uint8Array[]): Uint8Array {
  return sha256(utf8(`lucid/${label}/v1\n`), ...parts);
}
