import { decode, encode } from "../canonical.ts";
import { fields, hex, throwOnProblems } from "../fields.ts";
import { headerFields } from "./header.ts";
import type { BlockHeader } from "./header.ts";
import { signObject, verifyObject } from "../signatures.ts";

/** An entry of the log: a header and the network key's signature over it (kind `entry`, hex of 64 bytes). */
export type BlockEntry = { header: BlockHeader; signature: string };

const entryFields = fields<BlockEntry>({ header: headerFields, signature: hex(64) });

/** Signs a header by the 32-byte seed of the network key. */
export function signHeader(header: BlockHeader, seed: Uint8Array): BlockEntry {
  return { header, signature: signObject("entry", header.network_id, header, seed) };
}

/** Whether the network key (hex) of `networkId` signed an entry. Never throws for what a stranger sent. */
export function verifyBlockEntry(
  { header, signature }: BlockEntry,
  networkId: string,
  networkKey: string,
): boolean {
  return verifyObject("entry", networkId, header, signature, networkKey);
}

/** `JCS({header, signature})`: the bytes of an entry in the log. */
export function encodeBlockEntry({ header, signature }: BlockEntry): Uint8Array {
  return encode({ header, signature });
}

/** The entry in bytes of the log; throws `canonical.bytes`, or `block_entry.invalid` with `details.problems`. */
export function decodeBlockEntry(bytes: Uint8Array): BlockEntry {
  const value = decode(bytes);
  throwOnProblems("block_entry", entryFields(value, ""));
  return value as BlockEntry;
}
