import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import type { Genesis } from "@lucid/protocol";
import { slotAt } from "@lucid/protocol";
import { SEALED, type SegmentDocument } from "./documents.ts";
import { isEnd } from "./evidence.ts";
import { slotPhase } from "./rules.ts";

export type FollowSegmentsDeps = {
  readonly genesis: Genesis;
  readonly clock: Pick<Clock, "now">;
  readonly collection: Collection<SegmentDocument>;
  /** Takes a segment into memory; false when it holds a beacon whose commitment is not there yet. */
  readonly apply: (segment: SegmentDocument) => boolean;
};

/** Takes what these other replicas accepted since the last call into memory; slots up to `sealedSlot` are over. */
export type FollowSegments = (replicas: ReadonlySet<string>, sealedSlot: number) => Promise<void>;

/**
 * Reads the segments of other replicas: those of open slots as they come, and once more when a slot is sealed, as from
 * then on none can be added. A gap is read again from there, because segments reach the store in any order.
 */
export const createFollowSegments = (
  { genesis, clock, collection, apply }: FollowSegmentsDeps,
  fromSlot: number,
): FollowSegments => {
  let firstOpen = fromSlot;
  /** The first number that was not read yet, by slot and replica. */
  let next = new Map<string, number>();

  const readSlot = async (slot: number, replica: string): Promise<void> => {
    const key = `${slot}/${replica}`;
    let expected = next.get(key) ?? 0;
    const where = { slot, replica, seq: { gte: expected } };
    for (const segment of await collection.find({ where, sort: [["seq", "asc"]] })) {
      if (isEnd(segment)) break;
      if (apply(segment) && segment.seq === expected) expected += 1;
    }
    next.set(key, expected);
  };

  return async (replicas, sealedSlot) => {
    const now = clock.now();
    const open = slotAt(genesis, now);
    for (let slot = firstOpen; slot <= open; slot++) {
      if (slot > sealedSlot && slotPhase(genesis, slot, now) !== "open") continue;
      for (const replica of replicas) await readSlot(slot, replica);
      // Last of all: what is gone from the others by now is in it.
      if (slot <= sealedSlot) await readSlot(slot, SEALED);
    }
    firstOpen = Math.max(firstOpen, sealedSlot + 1);
    next = new Map([...next].filter(([key]) => Number.parseInt(key, 10) >= firstOpen));
  };
};
