import { fromHex, sha256, toHex } from "../bytes.ts";
import { headerCodec, rawHeaderCodec } from "./protobuf.ts";
import type { RawHeaderMessage } from "./protobuf.ts";
import { signHash } from "./signatures.ts";
import type { Transaction } from "./transaction.ts";

export type Block = {
  number: number;
  id: string;
  parentId: string;
  timestampMs: number;
  header: Uint8Array;
};
/** Who makes the blocks; without a key they carry no signature, which nobody who pays looks at. */
export type Witness = { address: string; key: Uint8Array | null };
export type BlockContent = {
  number: number;
  parentId: string;
  timestampMs: number;
  transactions: Transaction[];
};

const BLOCK_VERSION = 31;

/** A block id is the hash of the raw header whose first 8 bytes are replaced by the number (java-tron, BlockCapsule.BlockId). */
export function sealBlock(content: BlockContent, witness: Witness): Block {
  const raw: RawHeaderMessage = {
    number: String(content.number),
    timestamp: String(content.timestampMs),
    parentHash: fromHex(content.parentId),
    txTrieRoot: merkleRoot(content.transactions.map((transaction) => sha256(transaction.bytes))),
    witness_address: fromHex(witness.address),
    version: BLOCK_VERSION,
  };
  const hash = sha256(rawHeaderCodec.encode(raw));
  return {
    number: content.number,
    id: content.number.toString(16).padStart(16, "0") + toHex(hash).slice(16),
    parentId: content.parentId,
    timestampMs: content.timestampMs,
    header: headerCodec.encode({
      raw_data: raw,
      witness_signature: witness.key === null ? new Uint8Array(0) : signHash(hash, witness.key),
    }),
  };
}

/** The two fields by which a transaction names this block. */
export function refBlockFields(block: Pick<Block, "id" | "number">) {
  return {
    refBlockBytes: (block.number & 0xffff).toString(16).padStart(4, "0"),
    refBlockHash: block.id.slice(16, 32),
  };
}

/** Pairs are hashed, an odd one is carried up; 32 zero bytes without transactions (java-tron, MerkleTree). */
function merkleRoot(leaves: Uint8Array[]): Uint8Array {
  let level = leaves;
  while (level.length > 1) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, index) =>
      parentOf(level.slice(2 * index, 2 * index + 2)),
    );
  }
  return level[0] ?? new Uint8Array(32);
}

function parentOf(pair: Uint8Array[]): Uint8Array {
  const [left = new Uint8Array(0), right] = pair;
  return right === undefined ? left : sha256(left, right);
}
