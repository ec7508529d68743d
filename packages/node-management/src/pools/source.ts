import type { Seat, Seating } from "@lucid/protocol";
import type { RecordSource } from "../shared/record-source.ts";
import { isTaken, type SeatDocument, seatId } from "./documents.ts";
import type { SeatLog } from "./log.ts";
import type { Seats } from "./seats.ts";

/**
 * Seats for the log: where what is stored differs from what the blocks say. A node is told to leave before its next
 * seat is told, and a seat is told to be free before its next node is, in a block of its own each: a full block may
 * leave any record for later, and none must rest on another.
 *
 * Only seats that are not marked as told are looked at. The mark holds whoever is slow: it is set for a seat that was
 * read before the blocks were, unless the seat changed or a block said something about it, and a block that does is
 * noted first and takes the mark away afterwards.
 */
export const createSeatSource = ({
  seats,
  seatLog,
}: {
  readonly seats: Pick<Seats, "untold" | "told" | "noteSaid">;
  readonly seatLog: SeatLog;
}): RecordSource<"seat"> => ({
  type: "seat",
  collect: async ({ endMs }) => {
    const untold = await seats.untold();
    if (untold.length === 0) return [];
    const said = await seatLog.current();
    const inTime = untold.filter(({ changed_at }) => changed_at < endMs);
    await Promise.all(inTime.filter((seat) => isSaid(said, seat)).map(seats.told));
    return inTime.map((seat) => toTell(said, seat)).filter((record) => record !== null);
  },
  mark: async (slot, sealed) => {
    await seatLog.note(slot, sealed);
    await Promise.all(
      sealed.map(({ pool_id, seat }) => seats.noteSaid(seatId(pool_id, seat), slot)),
    );
  },
});

const wantedOn = (document: SeatDocument): string | undefined =>
  isTaken(document) ? document.node_id : undefined;

const isSaid = (said: Seating, document: SeatDocument): boolean => {
  const { pool_id, seat, consent } = document;
  const wanted = wantedOn(document);
  if (said.nodeOn(pool_id, seat) !== wanted) return false;
  return wanted === undefined || said.seatOf(wanted)?.consent === consent;
};

const toTell = (said: Seating, document: SeatDocument): Seat | null => {
  const { pool_id, seat, consent } = document;
  const sitting = said.nodeOn(pool_id, seat);
  const wanted = wantedOn(document);
  if (sitting !== undefined && sitting !== wanted) return { pool_id, seat };
  if (wanted === undefined || consent === null || isSaid(said, document)) return null;
  // One that is said to sit elsewhere has to be said to leave there first.
  const waits = sitting === undefined && said.seatOf(wanted) !== undefined;
  return waits ? null : { pool_id, seat, node_id: wanted, consent };
};
