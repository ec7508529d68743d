import { type Body, isCancellation, type Leaf, nodeId, toHex } from "@lucid/protocol";
import {
  nameOfAddressChange,
  nameOfClosing,
  nameOfEntry,
  nameOfMaintenance,
  nameOfPayout,
  nameOfResult,
  nameOfSeat,
} from "../format/leaf-links.ts";

/** Which leaf of a block an address asks for: `?leaf=12`, or `?find=` and its name. */
export type Wanted = { readonly index: number } | { readonly name: string };

export const wantedLeaf = (search: URLSearchParams): Wanted | null => {
  const [leaf, name] = [search.get("leaf"), search.get("find")];
  if (leaf !== null) return { index: /^[0-9]{1,9}$/.test(leaf) ? Number(leaf) : -1 };
  return name === null ? null : { name };
};

/** The index of the leaf that is wanted; null when the body has none. */
export const findLeaf = (body: Body, wanted: Wanted): number | null => {
  if ("index" in wanted) return body[wanted.index] === undefined ? null : wanted.index;
  const at = body.findIndex(({ leaf }) => nameOfLeaf(leaf) === wanted.name);
  return at === -1 ? null : at;
};

const nameOfLeaf = (leaf: Leaf): string | null => {
  if (leaf.kind === "beacon") return `beacon:${nodeId(toHex(leaf.publicKey))}`;
  if (leaf.kind === "cosignature") return null;
  if (leaf.record === "ledger_entry") return nameOfEntry(leaf.data.key);
  if (leaf.record === "payout") return nameOfPayout(leaf.data.payout_id);
  if (leaf.record === "epoch_result") return nameOfResult(leaf.data.epoch, leaf.data.node_id);
  if (leaf.record === "address_change")
    return isCancellation(leaf.data)
      ? null
      : nameOfAddressChange(leaf.data.owner_id, leaf.data.seq);
  if (leaf.record === "maintenance")
    return nameOfMaintenance(leaf.data.node_id, leaf.data.from_slot);
  if (leaf.record === "seat") return nameOfSeat(leaf.data.pool_id, leaf.data.seat);
  return leaf.record === "epoch_closed" ? nameOfClosing(leaf.data.epoch) : null;
};
