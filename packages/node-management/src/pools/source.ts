import type { Seat, Seating } from "@lucid/protocol";
import type { RecordSource } from "../shared/record-source.ts";
import { scanById } from "../shared/scan.ts";
import { isTaken, type SeatCollection, type SeatDocument } from "./documents.ts";
import type { SeatLog } from "./log.ts";

/**
 * Seats for the log: where what is stored differs from what the blocks say. A node is told to leave before its next
 * seat is told, and a seat is told to be free before its next node is, in a block of its own each: a full block may
 * leave any record for later, and none must rest on another.
 */
export const createSeatSource = ({
  seats,
  seatLog,
}: {
  readonly seats: SeatCollection;
  readonly seatLog: SeatLog;
}): RecordSource<"seat"> => ({
  type: "seat",
  collect: async ({ endMs }) => {
    const said = await seatLog.current();
    const records: Seat[] = [];
    await scanById(seats, (seat) => {
      const record = seat.changed_at < endMs ? toTell(said, seat) : null;
      if (record !== null) records.push(record);
    });
    return records;
  },
  mark: (slot, sealed) => seatLog.note(slot, sealed),
});

const toTell = (said: Seating, document: SeatDocument): Seat | null => {
  const { pool_id, seat, node_id, consent } = document;
  const sitting = said.nodeOn(pool_id, seat);
  const wanted = isTaken(document) ? node_id : undefined;
  if (sitting !== undefined && sitting !== wanted) return { pool_id, seat };
  if (wanted === undefined || consent === null) return null;
  const known = said.seatOf(wanted);
  // One that is said to sit elsewhere has to be said to leave there first.
  const waits = sitting === undefined && known !== undefined;
  const isTold = sitting !== undefined && known?.consent === consent;
  return waits || isTold ? null : { pool_id, seat, node_id: wanted, consent };
};
