import { sha256 as sha256Of } from "@noble/hashes/sha2.js";

export function sha256(...parts: Uint8Array[]): Uint8Array {
  const hash = sha256Of.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Throws a RangeError unless the text is hex of whole bytes, in either case and without a prefix. */
export function fromHex(text: string): Uint8Array {
  if (!/^([0-9a-fA-F]{2})*$/.test(text)) throw new RangeError(`not hex: ${text.slice(0, 20)}`);
  return Uint8Array.from(Buffer.from(text, "hex"));
}

export function textToHex(text: string): string {
  return Buffer.from(text, "utf8").toString("hex");
}
