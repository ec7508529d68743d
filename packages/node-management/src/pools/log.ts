import type { Collection } from "@lucid/platform/documents";
import { createSeating, type PoolSeat, type Seat, type Seating } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import { scanById } from "../shared/scan.ts";
import { insertOrFind } from "../shared/written.ts";
import { type SeatDocument, seatId, type SeatRecordDocument, slotKey } from "./documents.ts";

/** What the blocks say about seats, in the order of the log. */
export type SeatLog = {
  /** Who sits where by all blocks whose records are noted. */
  current(): Promise<Seating>;
  membersBefore(slot: number): Promise<ReadonlyMap<string, PoolSeat>>;
  /** Notes what stands in the block of a slot; may be repeated. */
  note(slot: number, records: readonly Seat[]): Promise<void>;
  /** The slot whose block says what a seat says now; null while none does. */
  sealedSlot(seat: SeatDocument): Promise<number | null>;
};

export const createSeatLog = ({
  collection,
  network: { genesis },
}: {
  readonly collection: Collection<SeatRecordDocument>;
  readonly network: Network;
}): SeatLog => {
  const seating = createSeating(genesis);
  /** What `seating` has of the newest slot that it knows: a block's records may become known one by one. */
  let newest = { slot: 0, ids: new Set<string>() };

  const follow = (known: SeatRecordDocument): void => {
    if (known.slot > newest.slot) newest = { slot: known.slot, ids: new Set() };
    if (known.slot < newest.slot || newest.ids.has(known.id)) return;
    apply(seating, known);
    newest.ids.add(known.id);
  };

  return {
    current: async () => {
      await scanById(collection, follow, { gte: slotKey(newest.slot) });
      return seating;
    },
    membersBefore: async (slot) => {
      const then = createSeating(genesis);
      await scanById(collection, (record) => apply(then, record), { lt: slotKey(slot) });
      return then.members();
    },
    note: async (slot, records) => {
      await Promise.all(
        records.map((record) => {
          const id = `${slotKey(slot)}/${seatId(record.pool_id, record.seat)}`;
          return insertOrFind(collection, { id, slot, ...record });
        }),
      );
    },
    sealedSlot: async ({ pool_id, seat, node_id, consent }) => {
      const [latest] = await collection.find({
        where: { pool_id, seat },
        sort: [["slot", "desc"]],
        limit: 1,
      });
      const isSaid = latest?.node_id === node_id && latest.consent === consent;
      return isSaid ? latest.slot : null;
    },
  };
};

const apply = (seating: Seating, said: SeatRecordDocument): void => {
  const { id, pool_id, seat, node_id, consent } = said;
  const taken = node_id !== undefined && consent !== undefined ? { node_id, consent } : {};
  const problem = seating.apply({ pool_id, seat, ...taken });
  if (problem !== null) throw new Fault("pools.log", `${id}: ${problem.detail}`, { id });
};
