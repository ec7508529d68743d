import type { Collection } from "@lucid/platform/documents";
import { acceptanceWindow, base32, type Genesis, slotAt, slotStart } from "@lucid/protocol";
import type { Clock } from "@lucid/platform/clock";
import type { Registry } from "../registry/index.ts";
import { changeAll } from "../shared/change-all.ts";
import { Fault } from "../shared/fault.ts";
import { insertOrFind } from "../shared/written.ts";
import type { ClosedSlot } from "./contract.ts";
import {
  type ExcuseDocument,
  type ListeningDocument,
  type SegmentDocument,
  segmentId,
} from "./documents.ts";
import { bodyBytes, eachEntry, entryBytes } from "./entry.ts";
import { beforeEnds, firstGap, isEnd, storedSegments } from "./evidence.ts";
import type { HearingKeeper } from "./hearing.ts";
import { createBeaconLeaves } from "./leaves.ts";
import type { NodeIndex } from "./node-index.ts";
import { packSegments } from "./pack.ts";
import { isDeafFor } from "./rules.ts";
import type { Segments } from "./segments.ts";

export type SlotCloserDeps = {
  readonly genesis: Genesis;
  readonly clock: Pick<Clock, "now">;
  readonly registry: Pick<Registry, "find">;
  readonly collection: Collection<SegmentDocument>;
  readonly excuses: Collection<ExcuseDocument>;
  readonly hearing: HearingKeeper;
  readonly segments: Segments;
  readonly index: NodeIndex;
};

export type SlotCloser = {
  /** Ends a slot whose grace is over and says what it came to; again after a crash with the same answer. */
  closeSlot(slot: number): Promise<ClosedSlot>;
  /** The first slot from `slot` on in which anybody may have heard anything; null while there is none. */
  nextHeard(slot: number): Promise<number | null>;
  /** Takes the stored beacons of a slot away, for ever. */
  forget(slot: number): Promise<void>;
};

/**
 * Ends slots whose grace is over. Each step may be repeated: what was taken is stored, an empty segment ends the part
 * of every replica at its first free number, what stands before these ends is what was accepted.
 */
export const createSlotCloser = (
  deps: SlotCloserDeps,
  { replica }: { readonly replica: string },
): SlotCloser => {
  const { genesis, collection, excuses, hearing, segments } = deps;

  const closeSlot = async (slot: number): Promise<ClosedSlot> => {
    const { fromMs, untilMs } = acceptanceWindow(genesis, slot);
    await segments.close(slot);
    await hearing.hearUntil(untilMs - genesis.grace_ms);
    // A replica may go on for a while after its last beat: those that were heard of within an epoch are asked to end.
    const spans = await hearing.spansFrom(fromMs - genesis.slots_per_epoch * genesis.slot_ms);
    const heard = spans.filter((span) => span.from_ms < untilMs && span.until_ms >= fromMs);
    const replicas = new Set([replica, ...spans.map((span) => span.replica)]);
    const stored = await endParts(deps, slot, replicas);
    const isObserved = heard.length > 0 || stored.length > 0;
    if (isObserved) await excuseIfDeaf(slot);
    return {
      isObserved,
      beacons: await segmentsToBody(deps, stored),
      pack: () => packSegments(collection, stored),
    };
  };

  const excuseIfDeaf = async (slot: number): Promise<void> => {
    const deafMs = await hearing.deafMs(slot);
    if (!isDeafFor(genesis, deafMs)) return;
    await insertOrFind(excuses, { id: String(slot), slot, deaf_ms: deafMs, sealed_slot: null });
  };

  return {
    closeSlot,
    forget: async (slot) => {
      const stored = await storedSegments(collection, slot);
      await changeAll(
        stored.map(({ id }) => id),
        (id) => collection.remove(id),
      );
    },
    nextHeard: async (slot) => {
      const fromMs = slotStart(genesis, slot);
      const [segment] = await collection.find({
        where: { slot: { gte: slot } },
        sort: [["slot", "asc"]],
        limit: 1,
      });
      const spans = await hearing.spansFrom(fromMs);
      const heard = spans.map((span) => Math.max(slot, firstHeardSlot(genesis, span)));
      if (segment !== undefined) heard.push(segment.slot);
      return heard.length === 0 ? null : heard.reduce((a, b) => Math.min(a, b));
    },
  };
};

/** The slot whose grace a span began in, or the one it began in. */
const firstHeardSlot = (genesis: Genesis, { from_ms }: ListeningDocument): number =>
  slotAt(genesis, from_ms - genesis.grace_ms);

/** Ends the part of every replica, and tells what stands before the ends; read once unless somebody was faster. */
const endParts = async (
  { collection, clock }: SlotCloserDeps,
  slot: number,
  replicas: ReadonlySet<string>,
): Promise<SegmentDocument[]> => {
  for (;;) {
    const stored = await storedSegments(collection, slot);
    const known = new Set([...replicas, ...stored.map(({ replica }) => replica)]);
    for (const { replica } of stored.filter(isEnd)) known.delete(replica);
    const ends = [...known].map((replica) => endOf(slot, replica, stored, clock.now()));
    let isEnded = true;
    for (const end of ends) {
      const { outcome } = await collection.insert(end);
      isEnded &&= outcome === "done";
    }
    if (isEnded) return beforeEnds([...stored, ...ends]);
  }
};

/** At the replica's first free number, so that nothing can appear before the end any more. */
const endOf = (
  slot: number,
  replica: string,
  stored: readonly SegmentDocument[],
  at: number,
): SegmentDocument => {
  const seq = firstGap(stored.filter((segment) => segment.replica === replica));
  return { id: segmentId(slot, replica, seq), slot, replica, seq, entries: new Uint8Array(), at };
};

const segmentsToBody = async (
  deps: SlotCloserDeps,
  segments: readonly SegmentDocument[],
): Promise<Uint8Array> => {
  const { index } = deps;
  const total = segments.reduce((sum, { entries }) => sum + entries.length, 0);
  const leaves = createBeaconLeaves(total / entryBytes);
  for (const segment of segments) {
    await knowNodes(deps, segment);
    const { entries } = segment;
    eachEntry(entries, (offset) => {
      const reveal = entries.subarray(offset + bodyBytes, offset + entryBytes);
      leaves.add(index.key(index.find(entries, offset)), reveal);
    });
  }
  return leaves.toBody();
};

/** Puts every node of a segment into the index. Throws `beacons.stranger` rather than lose a beacon. */
const knowNodes = async (
  { index, registry }: SlotCloserDeps,
  { entries, id }: SegmentDocument,
): Promise<void> => {
  for (let offset = 0; offset < entries.length; offset += entryBytes) {
    if (index.find(entries, offset) >= 0) continue;
    const nodeId = `node_${base32(entries.subarray(offset, offset + bodyBytes))}`;
    const node = await registry.find(nodeId);
    if (node === null)
      throw new Fault("beacons.stranger", `${id} holds a beacon of ${nodeId}, which is no node`);
    index.add(node);
  }
};
