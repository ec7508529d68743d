import type { Bitmap, Body, SignedCheckpoint } from "@lucid/protocol";

/** A slot that is sealed: nothing in its block changes any more. */
export type SealedSlot = {
  readonly slot: number;
  /** slot - first_slot */
  readonly height: number;
  /** Leaves that found no room and wait for the next blocks. */
  readonly backlog: number;
  /** Whether any replica accepted beacons at any moment of the slot. */
  readonly observed: boolean;
  readonly sealedAtMs: number;
};

/** What is sealed, for whoever may look at nothing else. */
export type SealedSlots = {
  /** The latest sealed slot; null before the first. From memory. */
  last(): SealedSlot | null;
  /** The first sealed slot from `fromSlot` on whose block left nothing waiting; null while there is none. */
  firstWithoutBacklog(fromSlot: number): Promise<number | null>;
  /** Sealed slots of [fromSlot, toSlot) in which nobody accepted beacons, ascending. */
  unobserved(fromSlot: number, toSlot: number): Promise<readonly number[]>;
  /** Accepted beacons of an epoch by node id, read from the sealed bodies; a node without any is left out. */
  presence(epoch: number): Promise<Map<string, Bitmap>>;
  /** What stands in the block of a slot; null when it is not sealed, or gone from here because the log has it. */
  body(slot: number): Promise<Body | null>;
  /**
   * Whether an enrolment of this moment may rest on a header hash: that of one of the latest L blocks, and the zero
   * hash while there are fewer.
   */
  isRecentHeader(headerHash: string): Promise<boolean>;
  /** The hash of the latest sealed block; the zero hash before the first. From memory. */
  headerHash(): string;
  /** The latest checkpoint that block-manager made durable; null before the first. From memory. */
  checkpoint(): SignedCheckpoint | null;
  /** The largest checkpoint of this log that anyone showed us, whose signature holds; sent with appends. */
  seen(): SignedCheckpoint | null;
  /** Remembers a checkpoint whose signature was checked, when it is larger than any known. */
  noteSeen(checkpoint: SignedCheckpoint): void;
};
