import {
  acceptanceWindow,
  type BlockHeader,
  headerHash,
  NO_PARENT,
  slotAt,
  slotEnd,
  slotStart,
} from "@lucid/protocol";
import type { Genesis } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import type { SealingSlot } from "../shared/record-source.ts";

export const sealingSlot = (genesis: Genesis, slot: number): SealingSlot => ({
  slot,
  startMs: slotStart(genesis, slot),
  endMs: slotEnd(genesis, slot),
  closesMs: acceptanceWindow(genesis, slot).untilMs,
});

/** The latest slot that may be sealed at a moment (Unix ms): its grace is over. */
export const latestToSeal = (genesis: Genesis, nowMs: number): number =>
  slotAt(genesis, nowMs - genesis.grace_ms) - 1;

/** When the next slot may be sealed after a moment (Unix ms). */
export const nextSealMs = (genesis: Genesis, afterMs: number): number =>
  acceptanceWindow(genesis, latestToSeal(genesis, afterMs) + 1).untilMs;

/** What a new header follows. */
export type Parent = { readonly headerHash: string; readonly sealedAtMs: number };

/** What is decided about a slot besides its leaves. */
export type SlotFacts = Pick<
  BlockHeader,
  "slot" | "body_root" | "body_count" | "backlog" | "observed" | "policy_hash"
> & { readonly nowMs: number };

/** The header of a slot's block and its hash. Block-manager makes the same one, or something is wrong. */
export const makeHeader = (
  { genesis, networkId }: Network,
  parent: Parent | null,
  { nowMs, ...facts }: SlotFacts,
): { header: BlockHeader; headerHash: string } => {
  const header: BlockHeader = {
    version: 1,
    network_id: networkId,
    height: facts.slot - genesis.first_slot,
    parent: parent?.headerHash ?? NO_PARENT,
    sealed_at: Math.max(nowMs, parent?.sealedAtMs ?? 0),
    ...facts,
  };
  return { header, headerHash: headerHash(header) };
};
