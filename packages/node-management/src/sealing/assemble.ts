import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type BodyLeaf,
  compareLeaves,
  concat,
  fitBody,
  framedLength,
  frameLeaves,
  leafHash,
  mayWait,
  parseRecord,
  ProtocolError,
  RECORD_ORDER,
  recordLeaf,
  type RecordType,
  rootOfHashes,
  type SealedRecord,
  toHex,
} from "@lucid/protocol";
import { framedBeacon } from "../beacons/index.ts";
import { Fault } from "../shared/fault.ts";
import type { AnyRecordSource, RecordSource, SealingSlot } from "../shared/record-source.ts";
import { sortInTurns } from "../shared/sort-in-turns.ts";

/** What a block holds. */
export type AssembledBody = {
  /** Framed leaves. */
  readonly body: Uint8Array;
  readonly count: number;
  /** hex */
  readonly root: string;
  /** How many leaves wait for the next blocks. */
  readonly backlog: number;
  readonly records: readonly SealedRecord[];
};

/** So many leaves are made or hashed before others get a turn; a power of two, so that their roots are subtrees. */
const perTurn = 1024;

/**
 * The body of a slot: all beacons, framed and ordered, and behind them whatever the sources have, in body order, as much
 * as there is room for (`max_body_bytes`). Throws `sealing.record` when a source has something that no body may hold.
 */
export const assembleBody = async (
  beacons: Uint8Array,
  sources: readonly AnyRecordSource[],
  sealing: SealingSlot,
  maxBytes: number,
): Promise<AssembledBody> => {
  const roomBytes = maxBytes - beacons.length;
  const { leaves, waiting } = await collectRecords(sources, sealing, roomBytes);
  const ordered = withoutTwins(await sortInTurns(leaves, compareLeaves));
  const { sealed, deferred } = fitBody(ordered, roomBytes);
  await nextTurn();
  const beaconCount = beacons.length / framedBeacon.bytes;
  const leafAt = (i: number): Uint8Array =>
    i < beaconCount ? beaconAt(beacons, i) : (sealed[i - beaconCount] as BodyLeaf).bytes;
  const count = beaconCount + sealed.length;
  return {
    // Most slots have beacons and nothing else, which are not copied then.
    body: sealed.length === 0 ? beacons : concat(beacons, frameLeaves(sealed.map(bytesOf))),
    count,
    root: await rootInTurns(count, leafAt),
    backlog: deferred.length + waiting,
    records: sealed.flatMap(({ leaf }) => (leaf.kind === "record" ? [leaf] : [])),
  };
};

/** Leaves of all records that may find room, in any order, and how many others wait. */
const collectRecords = async (
  sources: readonly AnyRecordSource[],
  sealing: SealingSlot,
  roomBytes: number,
): Promise<{ leaves: BodyLeaf[]; waiting: number }> => {
  const leaves: BodyLeaf[] = [];
  let bytes = 0;
  let waiting = 0;
  for (const source of inOrderOfRoom(sources)) {
    const facts = await source.collect(sealing);
    // What stands in the body behind a full one waits as a whole, and need not be looked at.
    if (bytes > roomBytes && mayWait(source.type)) waiting += facts.length;
    else {
      const made = await inTurns(facts, (data) => toLeaf(source.type, data));
      bytes += framedBytes(made);
      leaves.push(...made);
    }
  }
  return { leaves, waiting };
};

const bytesOf = ({ bytes }: BodyLeaf): Uint8Array => bytes;

/** The leaf of a framed beacon. */
const beaconAt = (beacons: Uint8Array, i: number): Uint8Array =>
  beacons.subarray(i * framedBeacon.bytes + framedBeacon.kind, (i + 1) * framedBeacon.bytes);

/** What never waits takes its room first; the others as they stand in a body. */
const inOrderOfRoom = (sources: readonly AnyRecordSource[]): RecordSource[] => {
  const rank = (type: RecordType) => (mayWait(type) ? RECORD_ORDER.indexOf(type) : -1);
  return (sources as readonly RecordSource[]).toSorted((a, b) => rank(a.type) - rank(b.type));
};

const toLeaf = (record: RecordType, data: object): BodyLeaf => {
  try {
    return {
      bytes: recordLeaf(record, data),
      leaf: { kind: "record", ...parseRecord({ record, data }) },
    };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const problems = JSON.stringify(error.details["problems"] ?? error.message);
    throw new Fault("sealing.record", `a ${record} cannot be sealed: ${problems}`, {
      record,
      data,
    });
  }
};

/** What two sources have is one leaf. */
const withoutTwins = (ordered: readonly BodyLeaf[]): BodyLeaf[] =>
  ordered.filter((leaf, i) => i === 0 || compareLeaves(ordered[i - 1] as BodyLeaf, leaf) !== 0);

const framedBytes = (leaves: readonly BodyLeaf[]): number =>
  leaves.reduce((sum, { bytes }) => sum + framedLength(bytes), 0);

const inTurns = async <A, B>(items: readonly A[], map: (item: A) => B): Promise<B[]> => {
  const mapped: B[] = [];
  for (const [i, item] of items.entries()) {
    if (i > 0 && i % perTurn === 0) await nextTurn();
    mapped.push(map(item));
  }
  return mapped;
};

const rootInTurns = async (count: number, leafAt: (i: number) => Uint8Array): Promise<string> => {
  const roots: Uint8Array[] = [];
  for (let from = 0; from < count; from += perTurn) {
    if (from > 0) await nextTurn();
    const length = Math.min(perTurn, count - from);
    roots.push(rootOfHashes(Array.from({ length }, (_, i) => leafHash(leafAt(from + i)))));
  }
  return toHex(rootOfHashes(roots));
};
