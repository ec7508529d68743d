import { compareBytes, equalBytes } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { recordRank } from "../records/order.ts";
import { parseLeaf } from "./leaf.ts";
import type { Leaf, RecordLeaf } from "./leaf.ts";

/** A leaf as it is hashed, and what it says. */
export type BodyLeaf = { bytes: Uint8Array; leaf: Leaf };

/** The leaves of a block in the one order that their set has. */
export type Body = readonly BodyLeaf[];

const KIND_RANK: Record<Leaf["kind"], number> = { beacon: 0, cosignature: 1, record: 2 };

/**
 * The body of a set of leaves, given in any order; a leaf that is there twice counts once.
 * Throws `body.two_beacons` for two reveals of one node, and what `parseLeaf` throws.
 */
export function createBody(leaves: Iterable<Uint8Array>): Body {
  const sorted = Array.from(leaves, toBodyLeaf).sort(compareLeaves);
  const body = sorted.filter(
    ({ bytes }, i) => i === 0 || !equalBytes((sorted[i - 1] as BodyLeaf).bytes, bytes),
  );
  assertOrder(body);
  return body;
}

/** A leaf's bytes with what they say; throws what `parseLeaf` throws. */
export function toBodyLeaf(bytes: Uint8Array): BodyLeaf {
  return { bytes, leaf: parseLeaf(bytes) };
}

/**
 * Beacons by key, then cosignatures by their bytes, then records by type in `RECORD_ORDER` and bytes, ledger entries
 * by account and seq: negative, 0 (the same leaf) or positive.
 */
export function compareLeaves(a: BodyLeaf, b: BodyLeaf): number {
  const byKind = KIND_RANK[a.leaf.kind] - KIND_RANK[b.leaf.kind];
  if (byKind !== 0) return byKind;
  const areRecords = a.leaf.kind === "record" && b.leaf.kind === "record";
  const byRecord = areRecords ? compareRecords(a.leaf as RecordLeaf, b.leaf as RecordLeaf) : 0;
  return byRecord === 0 ? compareBytes(a.bytes, b.bytes) : byRecord;
}

/** Throws `body.order`, `body.duplicate` or `body.two_beacons` with `details.leaf`, the index of the leaf. */
export function assertOrder(body: Body): void {
  for (let i = 1; i < body.length; i++) {
    const [before, here] = [body[i - 1] as BodyLeaf, body[i] as BodyLeaf];
    const order = compareLeaves(before, here);
    if (order > 0) throw refuse("order", i, "stands after one that it must stand before");
    if (order === 0) throw refuse("duplicate", i, "is there twice");
    if (isSameNode(before.leaf, here.leaf)) {
      throw refuse("two_beacons", i, "is a second beacon of one node");
    }
  }
}

function compareRecords(a: RecordLeaf, b: RecordLeaf): number {
  if (a.record !== "ledger_entry" || b.record !== "ledger_entry") {
    return recordRank(a.record) - recordRank(b.record);
  }
  const byAccount = compareText(a.data.account, b.data.account);
  return byAccount === 0 ? a.data.seq - b.data.seq : byAccount;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isSameNode(a: Leaf, b: Leaf): boolean {
  return a.kind === "beacon" && b.kind === "beacon" && equalBytes(a.publicKey, b.publicKey);
}

function refuse(rule: string, leaf: number, detail: string): ProtocolError {
  return new ProtocolError(`body.${rule}`, `leaf ${leaf} ${detail}`, { leaf });
}
