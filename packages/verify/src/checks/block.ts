import { epochOf, slotEnd } from "@lucid/protocol";
import type {
  BlockHeader,
  BlockNetwork,
  Body,
  RecordData,
  RecordLeaf,
  RecordType,
} from "@lucid/protocol";
import type { Place } from "./problem.ts";

/** What the checks need of a block whose structure holds. */
export type SealedBlock = {
  readonly height: number;
  readonly header: BlockHeader;
  readonly headerHash: string;
  readonly body: Body;
};

/** A block with its place in time. */
export type TimedBlock = SealedBlock & {
  readonly slot: number;
  readonly epoch: number;
  /** when its slot ends, Unix ms */
  readonly endMs: number;
  /** the first slot of which something may have waited for this block: all before it left nothing */
  readonly waitingSince: number;
  /** sealed more than a slot after its own ended: when its beacons came is the operator's word */
  readonly isLate: boolean;
};

/** A record with the leaf it stands in. */
export type Placed<Type extends RecordType> = {
  data: RecordData[Type];
  at: Place & { leaf: number };
};

/** The records of a body by type, each in body order, and where its cosignatures begin, if it has any. */
export type SortedBody = {
  readonly firstCosignature: number | null;
  of<Type extends RecordType>(type: Type): readonly Placed<Type>[];
};

export const toTimedBlock = (
  { genesis }: BlockNetwork,
  block: SealedBlock,
  before: TimedBlock | null,
): TimedBlock => {
  const { slot, sealed_at } = block.header;
  const endMs = slotEnd(genesis, slot);
  return {
    ...block,
    slot,
    epoch: epochOf(genesis, slot),
    endMs,
    waitingSince: before === null || before.header.backlog === 0 ? slot : before.waitingSince,
    isLate: sealed_at > endMs + genesis.slot_ms,
  };
};

export const sortBody = ({ height, body }: SealedBlock): SortedBody => {
  const byType = new Map<RecordType, Placed<RecordType>[]>();
  let firstCosignature: number | null = null;
  // Records stand behind beacons, so a body of a million beacons is not walked twice.
  for (let leaf = body.length - 1; leaf >= 0; leaf--) {
    const item = body[leaf]?.leaf;
    if (item === undefined || item.kind === "beacon") break;
    if (item.kind === "cosignature") firstCosignature = leaf;
    else list(byType, item).push({ data: item.data, at: { height, leaf } });
  }
  for (const records of byType.values()) records.reverse();
  return {
    firstCosignature,
    of: <Type extends RecordType>(type: Type) => (byType.get(type) ?? []) as Placed<Type>[],
  };
};

const list = (
  byType: Map<RecordType, Placed<RecordType>[]>,
  { record }: RecordLeaf,
): Placed<RecordType>[] => {
  const known = byType.get(record);
  if (known !== undefined) return known;
  const made: Placed<RecordType>[] = [];
  byType.set(record, made);
  return made;
};
