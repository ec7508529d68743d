import type { SealedSlot } from "@lucid/api";
import {
  acceptanceWindow,
  beaconLeaf,
  createBody,
  encodeBody,
  type Genesis,
  sha256,
  u64,
  utf8,
} from "@lucid/protocol";

/** Beacons of as many nodes in one slot; what they reveal is on nobody's chain. */
export const testBeacons = (slot: number, nodes: number): Uint8Array[] =>
  Array.from({ length: nodes }, (_, n) =>
    beaconLeaf(sha256(utf8("node"), u64(n)), sha256(utf8("reveal"), u64(slot), u64(n))),
  );

/** A slot as node-management seals it, as early as it may. */
export const testSlot = (
  genesis: Genesis,
  slot: number,
  { beacons = 2, ...other }: Partial<SealedSlot> & { readonly beacons?: number } = {},
): SealedSlot => ({
  slot,
  observed: true,
  backlog: 0,
  policy_hash: "ab".repeat(32),
  sealed_at: acceptanceWindow(genesis, slot).untilMs,
  body: encodeBody(createBody(testBeacons(slot, beacons))),
  ...other,
});

/** The first `count` slots of a network from the one at `height` on. */
export const testSlots = (genesis: Genesis, height: number, count: number): SealedSlot[] =>
  Array.from({ length: count }, (_, n) => testSlot(genesis, genesis.first_slot + height + n));
