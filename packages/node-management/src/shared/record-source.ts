import type { RecordData, RecordType } from "@lucid/protocol";

/** The slot that is being sealed; moments in Unix ms. */
export type SealingSlot = {
  readonly slot: number;
  readonly startMs: number;
  readonly endMs: number;
  /** End of the slot and its grace: until then its beacons are accepted. */
  readonly closesMs: number;
};

/** Where records of one type come from. Each fact is sealed once. */
export type RecordSource<T extends RecordType = RecordType> = {
  readonly type: T;
  /** Every fact that is not sealed and may stand in this block: those whose moment lies before the end of the slot. */
  collect(slot: SealingSlot): Promise<readonly RecordData[T][]>;
  /**
   * Whether any fact could stand in a block of these slots (`toSlot` included). Without it that is so when `collect`
   * has one for the last of them.
   */
  hasAny?(fromSlot: number, toSlot: number): Promise<boolean>;
  /**
   * Notes that these records stand in the block of `slot`. May be repeated after a crash, also by another process
   * that did not collect them: which facts they are follows from the records alone.
   */
  mark(slot: number, sealed: readonly RecordData[T][]): Promise<void>;
};

/** A source of whatever type. */
export type AnyRecordSource = { [T in RecordType]: RecordSource<T> }[RecordType];
