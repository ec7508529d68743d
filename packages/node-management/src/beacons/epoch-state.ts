import {
  type BeaconClaim,
  type BeaconJudgement,
  type Bitmap,
  createBitmap,
  judgeBeacon,
  toHex,
} from "@lucid/protocol";
import { revealBytes } from "./entry.ts";
import { createRows } from "./rows.ts";

const saltBytes = 16;
const at = { anchor: 0, last: revealBytes, salt: 2 * revealBytes };
const bitmapAt = 2 * revealBytes + saltBytes;

/** What is known of every node's beacons in one epoch, by ordinal: typed arrays, no object per node. */
export type EpochState = {
  readonly epoch: number;
  isCommitted(ordinal: number): boolean;
  commit(ordinal: number, anchor: Uint8Array, salt: Uint8Array): void;
  /** hex */
  anchor(ordinal: number): string;
  /** The k of the last accepted link c[k]; 0 before the first. */
  k(ordinal: number): number;
  judge(ordinal: number, claim: Omit<BeaconClaim, "salt" | "slots">): BeaconJudgement;
  /**
   * Writes an accepted beacon, its reveal at an offset of `bytes`; in any order, any number of times, with the same
   * outcome. Newest first is fastest.
   */
  apply(ordinal: number, index: number, bytes: Uint8Array, offset: number): void;
  /** Accepted beacons; a view, zeros for a node without commitment. */
  accepted(ordinal: number): Bitmap;
};

export const createEpochState = (epoch: number, slots: number): EpochState => {
  const bitmapBytes = createBitmap(slots).length;
  const rows = createRows(bitmapAt + bitmapBytes);
  /** k + 1, and 0 without a commitment. */
  let marks = new Uint32Array(1024);

  const k = (ordinal: number): number => Math.max(0, (marks[ordinal] ?? 0) - 1);
  const setK = (ordinal: number, value: number): void => {
    if (ordinal >= marks.length) {
      const more = new Uint32Array(Math.max(marks.length * 2, ordinal + 1));
      more.set(marks);
      marks = more;
    }
    marks[ordinal] = value + 1;
  };
  const last = (ordinal: number): Uint8Array => rows.part(ordinal, at.last, revealBytes);
  const accepted = (ordinal: number): Bitmap => rows.part(ordinal, bitmapAt, bitmapBytes);

  return {
    epoch,
    isCommitted: (ordinal) => (marks[ordinal] ?? 0) > 0,
    commit: (ordinal, anchor, salt) => {
      if ((marks[ordinal] ?? 0) > 0) return;
      const row = rows.row(ordinal);
      row.set(anchor, at.anchor);
      row.set(anchor, at.last);
      row.set(salt, at.salt);
      setK(ordinal, 0);
    },
    anchor: (ordinal) => toHex(rows.part(ordinal, at.anchor, revealBytes)),
    k,
    judge: (ordinal, claim) => {
      const state = {
        anchor: rows.part(ordinal, at.anchor, revealBytes),
        last: last(ordinal),
        k: k(ordinal),
        accepted: accepted(ordinal),
      };
      const salt = rows.part(ordinal, at.salt, saltBytes);
      return judgeBeacon(state, { ...claim, salt, slots });
    },
    apply: (ordinal, index, bytes, offset) => {
      rows.setBits(ordinal, bitmapAt + (index >> 3), 0x80 >> (index & 7));
      if (index + 1 <= k(ordinal)) return;
      last(ordinal).set(bytes.subarray(offset, offset + revealBytes));
      setK(ordinal, index + 1);
    },
    accepted,
  };
};
