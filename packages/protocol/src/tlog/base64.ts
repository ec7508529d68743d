import { base64 } from "@scure/base";

const GROUPS =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;

/** Padded standard base64 (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/**
 * The bytes of padded standard base64; null for any other text: another alphabet, missing padding, spaces, or spare
 * bits that are not zero (the last letters in the pattern are those whose spare bits are).
 */
export function fromBase64(text: string): Uint8Array | null {
  return GROUPS.test(text) ? base64.decode(text) : null;
}
