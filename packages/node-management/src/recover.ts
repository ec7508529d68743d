import {
  RECORD_ORDER,
  type RecordType,
  type SealedRecord,
  type SignedCheckpoint,
  slotStart,
} from "@lucid/protocol";
import type { InFlight } from "./payouts/index.ts";
import {
  createFactAdopters,
  createSettledAdopters,
  type RecoveryDeps,
} from "./recover-features.ts";
import { createSlotAdopter, type ProvenBlock, readReached } from "./sealing/index.ts";
import type { AnyAdopter, Adopter, AdoptedSlot } from "./shared/adopt.ts";
import { Fault } from "./shared/fault.ts";

/** What a store gets back from a log that has more blocks than it. */
export type Recovered = {
  /** Blocks that the store did not know; 0 when it was as new as the log. */
  readonly blocks: number;
  /** Facts of these blocks by type of record. */
  readonly records: Readonly<Partial<Record<RecordType, number>>>;
  /** Payouts that were signed when the log ended: the chain tells what became of them. */
  readonly inFlight: readonly InFlight[];
  /** Ids of decisions that moved money in these blocks, and whose words are not in the log. */
  readonly adjustments: readonly string[];
  readonly forfeits: readonly string[];
  /** Pools of which the log knows the members alone. */
  readonly pools: readonly string[];
};

/** Brings a store that is older than its log up to the log, block by block. */
export type Recovery = {
  /** Takes the next block, which was proven, from the first of the log on. Throws `backup.fork`. */
  add(block: ProvenBlock): Promise<void>;
  /** Settles again what was settled, and compares. Throws `backup.fork`, `backup.records`. */
  finish(checkpoint: SignedCheckpoint): Promise<Recovered>;
};

/**
 * Writes what further blocks of a log say into a store, as the documents that the lost one had. First every fact that
 * came from outside; then, from these, what follows from them: results, and what became of payouts.
 */
export const createRecovery = async (deps: RecoveryDeps): Promise<Recovery> => {
  const { documents, network } = deps;
  const { genesis } = network;
  const slots = createSlotAdopter(documents);
  const reached = await readReached(documents);
  const facts = await createFactAdopters(deps);
  /** What is sealed and does not know it yet is told as well. */
  const fromSlot = Math.min(reached.markedSlot, reached.sealedSlot) + 1;
  const at = (slot: number): AdoptedSlot => ({ slot, atMs: slotStart(genesis, slot) });
  const count = createCount(reached.sealedSlot);
  let last: ProvenBlock | null = null;

  return {
    add: async (block) => {
      const { slot } = block.header;
      last = block;
      // Where both have a block it is the same, or nothing behind it is taken.
      if (slot === reached.sealedSlot) await slots.adopt(block);
      if (slot < fromSlot) return;
      const records = block.body.flatMap(({ leaf }) => (leaf.kind === "record" ? [leaf] : []));
      await adoptAll(facts.adopters, at(slot), records);
      if (slot > reached.sealedSlot) await facts.beacons(at(slot), block.body);
      await slots.adopt(block);
      count.add(slot, records);
    },
    finish: async (checkpoint) => {
      const lastInLog = genesis.first_slot + checkpoint.size - 1;
      if (last !== null && lastInLog < reached.sealedSlot) await slots.adopt(last);
      const pools = await facts.finish();
      const settled = await createSettledAdopters(deps);
      for await (const { slot, records } of slots.records(fromSlot))
        if (slot <= lastInLog) await adoptAll(settled.adopters, at(slot), records);
      const inFlight = await settled.finish();
      await slots.finish(lastInLog, checkpoint);
      return { ...count.read(), inFlight, pools };
    },
  };
};

/** In the order in which records stand in a body, so that nothing comes before what it rests on. */
const adoptAll = async (
  adopters: readonly AnyAdopter[],
  at: AdoptedSlot,
  records: readonly SealedRecord[],
): Promise<void> => {
  const byType = Map.groupBy(records, ({ record }) => record);
  for (const type of RECORD_ORDER) {
    const sealed = byType.get(type as RecordType)?.map(({ data }) => data) ?? [];
    const adopter = (adopters as readonly Adopter[]).find((one) => one.type === type);
    if (sealed.length > 0) await adopter?.adopt(at, sealed);
  }
};

/** What came with the blocks that were new. */
const createCount = (sealedSlot: number) => {
  let blocks = 0;
  const records: Partial<Record<RecordType, number>> = {};
  const keys: string[] = [];
  const keysOf = (kind: string): string[] =>
    keys.filter((key) => key.startsWith(kind)).map((key) => key.slice(kind.length));
  return {
    add: (slot: number, sealed: readonly SealedRecord[]): void => {
      if (sealed.some(({ record }) => record === "key_change"))
        throw new Fault(
          "backup.records",
          `the block of slot ${slot} changes a key: put the new keys into the folder and use a backup made after that`,
        );
      if (slot <= sealedSlot) return;
      blocks += 1;
      for (const { record, data } of sealed) {
        records[record] = (records[record] ?? 0) + 1;
        if (record === "ledger_entry") keys.push(data.key);
      }
    },
    read: () => ({
      blocks,
      records,
      adjustments: keysOf("adjustment:"),
      forfeits: keysOf("forfeit:"),
    }),
  };
};
