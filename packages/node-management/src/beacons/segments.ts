import type { Clock } from "@lucid/platform/clock";
import { type Collection, DocumentsError } from "@lucid/platform/documents";
import { equalBytes } from "@lucid/protocol";
import { type SegmentDocument, segmentId } from "./documents.ts";
import { firstGap, isEnd } from "./evidence.ts";
import { bodyBytes, entryBytes, revealBytes } from "./entry.ts";

/** What became of a batch: `late` when the slot was sealed meanwhile, `failed` when it is not durable. */
export type BatchOutcome = "done" | "late" | "failed";

export type Batch = {
  readonly slot: number;
  readonly ordinals: readonly number[];
  readonly entries: Buffer;
  readonly outcome: Promise<BatchOutcome>;
};

export type Segments = {
  /** Decodes a reveal to where the next beacon of a slot goes; a view that is valid until the next call. */
  draft(slot: number, revealHex: string): Uint8Array;
  /** Takes the beacon that was drafted last for this slot into the batch. */
  take(slot: number, ordinal: number, body: Uint8Array): Batch;
  /** Says from which number on the segments of a slot are free. */
  startAfter(slot: number, seq: number): void;
  /** Ends a slot and all before it: stores what was taken, then answers `late` for whatever comes. */
  close(slot: number): Promise<void>;
  /** Resolves when nothing is in flight. */
  readonly settled: () => Promise<void>;
};

export type SegmentsDeps = {
  readonly collection: Collection<SegmentDocument>;
  readonly clock: Clock;
  /** Whether this replica is known well enough to those that seal a slot to write to it. */
  readonly mayWrite: (slot: number) => boolean;
  /** Told about every batch once it is settled and before anybody who waits for it. */
  readonly onSettled: (batch: Batch, outcome: BatchOutcome, reason: string | null) => void;
};

type OpenBatch = Batch & {
  ordinals: number[];
  entries: Buffer;
  settle(outcome: BatchOutcome): void;
};

const late = { outcome: "late", reason: null } as const;
const unknownHere = {
  outcome: "failed",
  reason: "this replica did not show itself to the store for too long",
} as const;
const firstEntries = 32;
/** The longest that a beacon waits for others before the store is asked. */
const gatherMs = 2;

/** Writes accepted beacons as one document per slot and turn of the event loop. */
export const createSegments = (
  { collection, clock, mayWrite, onSettled }: SegmentsDeps,
  { replica }: { readonly replica: string },
): Segments => {
  const nextSeq = new Map<number, number>();
  const inFlight = new Set<Promise<BatchOutcome>>();
  /** The batch of a slot that was sent to the store last. */
  const latest = new Map<number, Promise<BatchOutcome>>();
  let closedThrough = -1;
  let open = new Map<number, OpenBatch>();
  /** Beacons in the open batches. */
  let taken = 0;

  const batchOf = (slot: number): OpenBatch => {
    const known = open.get(slot);
    if (known !== undefined) return known;
    if (open.size === 0) setImmediate(gather, 0, clock.monotonic());
    const batch = createBatch(slot);
    open.set(slot, batch);
    return batch;
  };
  const seqOf = (slot: number): number => {
    const seq = nextSeq.get(slot) ?? 0;
    nextSeq.set(slot, seq + 1);
    for (const old of nextSeq.keys()) if (old < slot - 2) nextSeq.delete(old);
    return seq;
  };
  const precedes = (batch: OpenBatch): Promise<BatchOutcome> | undefined => {
    const before = latest.get(batch.slot);
    latest.set(batch.slot, batch.outcome);
    for (const old of latest.keys()) if (old < batch.slot - 2) latest.delete(old);
    return before;
  };
  /** Waits for more as long as every turn brings some: a commit costs the same for one beacon and for a hundred. */
  const gather = (gathered: number, sinceMs: number): void => {
    const isGrowing = taken > gathered && clock.monotonic() - sinceMs < gatherMs;
    if (isGrowing) setImmediate(gather, taken, sinceMs);
    else flush();
  };
  const flush = (): void => {
    taken = 0;
    const batches = [...open.values()].filter(({ ordinals }) => ordinals.length > 0);
    open = new Map();
    for (const batch of batches) void store(batch);
  };
  const store = async (batch: OpenBatch): Promise<void> => {
    inFlight.add(batch.outcome);
    const { slot, ordinals } = batch;
    const entries = batch.entries.subarray(0, ordinals.length * entryBytes);
    const before = precedes(batch);
    const { outcome, reason } = await keep(slot, entries, before);
    onSettled({ ...batch, entries }, outcome, reason);
    inFlight.delete(batch.outcome);
    batch.settle(outcome);
  };
  const keep = async (
    slot: number,
    entries: Uint8Array,
    before: Promise<BatchOutcome> | undefined,
  ): ReturnType<typeof insert> => {
    if (slot <= closedThrough) return late;
    if (!mayWrite(slot)) return unknownHere;
    const seq = seqOf(slot);
    const stored = await insert(toSegment(slot, seq, entries));
    if (stored.outcome !== "done") return stored;
    // What a process before this one left of the slot may have gaps.
    const preceding = before === undefined ? (seq === 0 ? "done" : "failed") : await before;
    if (preceding === "failed") return fillGaps(slot, seq, entries);
    return preceding === "done" ? stored : late;
  };
  const toSegment = (slot: number, seq: number, entries: Uint8Array): SegmentDocument => ({
    id: segmentId(slot, replica, seq),
    slot,
    replica,
    seq,
    entries,
    at: clock.now(),
  });
  /**
   * A slot is ended at the first free number of a replica, so that whatever stands behind a gap is not sealed for
   * certain: it is written into the gaps as well.
   */
  const fillGaps = async (
    slot: number,
    seq: number,
    entries: Uint8Array,
  ): ReturnType<typeof insert> => {
    try {
      for (;;) {
        const where = { slot, replica, seq: { lt: seq } };
        const below = await collection.find({ where, sort: [["seq", "asc"]] });
        if (below.some(isEnd)) return late;
        const gap = firstGap(below);
        if (gap >= seq) return { outcome: "done", reason: null };
        // Whether it is in or something else was faster: looked at again.
        await collection.insert(toSegment(slot, gap, entries));
      }
    } catch (error) {
      return toFailure(error);
    }
  };
  const insert = async (
    document: SegmentDocument,
  ): Promise<{ outcome: BatchOutcome; reason: string | null }> => {
    try {
      const written = await collection.insert(document);
      if (written.outcome === "done") return { outcome: "done", reason: null };
      const stored = await collection.get(document.id);
      if (stored === null) return { outcome: "failed", reason: "the store lost its answer" };
      return {
        outcome: equalBytes(stored.entries, document.entries) ? "done" : "late",
        reason: null,
      };
    } catch (error) {
      return toFailure(error);
    }
  };

  return {
    draft: (slot, revealHex) => {
      const batch = batchOf(slot);
      const offset = batch.ordinals.length * entryBytes;
      if (offset === batch.entries.length) batch.entries = twice(batch.entries);
      batch.entries.write(revealHex, offset + bodyBytes, revealBytes, "hex");
      return batch.entries.subarray(offset + bodyBytes, offset + entryBytes);
    },
    take: (slot, ordinal, body) => {
      const batch = batchOf(slot);
      batch.entries.set(body, batch.ordinals.length * entryBytes);
      batch.ordinals.push(ordinal);
      taken += 1;
      return batch;
    },
    startAfter: (slot, seq) => void nextSeq.set(slot, seq + 1),
    close: async (slot) => {
      flush();
      await Promise.all(inFlight);
      closedThrough = Math.max(closedThrough, slot);
    },
    settled: async () => {
      await Promise.all(inFlight);
    },
  };
};

const toFailure = (error: unknown): { outcome: BatchOutcome; reason: string } => {
  if (!(error instanceof DocumentsError)) throw error;
  return { outcome: "failed", reason: error.message };
};

const createBatch = (slot: number): OpenBatch => {
  const { promise, resolve } = Promise.withResolvers<BatchOutcome>();
  const entries = Buffer.allocUnsafeSlow(firstEntries * entryBytes);
  return { slot, ordinals: [], entries, outcome: promise, settle: resolve };
};

const twice = (entries: Buffer): Buffer => {
  const larger = Buffer.allocUnsafeSlow(entries.length * 2);
  larger.set(entries);
  return larger;
};
