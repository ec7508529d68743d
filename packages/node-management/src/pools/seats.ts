import type { Clock } from "@lucid/platform/clock";
import { compareAndSet } from "../shared/compare-and-set.ts";
import type { RewardMethod } from "./contract.ts";
import {
  isVacant,
  keptFor,
  type PoolDocument,
  type SeatCollection,
  type SeatDocument,
  seatId,
} from "./documents.ts";
import { vacantSeats } from "./rules.ts";

/** Who is to sit on a seat, or for whom it is kept. */
type Claim = { readonly nodeId: string; readonly consent: RewardMethod; readonly isKept: boolean };

/** The seats as they are stored; each change is one insert or one compare-and-set. */
export type Seats = {
  ofPool(poolId: string): Promise<SeatDocument[]>;
  of(nodeId: string): Promise<SeatDocument | null>;
  /** The seat that is kept for a node's move. */
  keptFor(nodeId: string): Promise<SeatDocument | null>;
  /** Takes any vacant seat; `full` when there is none, `claimed` when the node has one of the kind already. */
  claim(pool: PoolDocument, claim: Claim): Promise<SeatDocument | "full" | "claimed">;
  /** Makes a seat vacant, unless it has changed meanwhile. */
  vacate(seat: SeatDocument): Promise<boolean>;
  /** Writes over a seat, unless it has changed meanwhile. */
  change(
    seat: SeatDocument,
    patch: Partial<Pick<SeatDocument, "node_id" | "consent" | "is_decided">>,
  ): Promise<SeatDocument | null>;
  /** Seats of which the blocks may say something else. */
  untold(): Promise<SeatDocument[]>;
  /** Notes that the blocks say what a seat says, unless it or they have changed since it was read. */
  told(seat: SeatDocument): Promise<void>;
  /** Notes that a block says something about a seat: whether it is what the seat says is to be looked at again. */
  noteSaid(id: string, slot: number): Promise<void>;
};

export const createSeats = ({
  collection,
  clock,
}: {
  readonly collection: SeatCollection;
  readonly clock: Pick<Clock, "now">;
}): Seats => {
  const holding = async (nodeId: string): Promise<SeatDocument | null> => {
    const [seat] = await collection.find({ where: { node_id: nodeId } });
    return seat ?? null;
  };
  const ofPool: Seats["ofPool"] = (poolId) =>
    collection.find({ where: { pool_id: poolId }, sort: [["seat", "asc"]] });

  const change: Seats["change"] = async ({ id, node_id, consent, is_decided }, patch) => {
    const written = { ...patch, changed_at: clock.now(), is_told: false };
    const swapped = await compareAndSet(collection, id, written, { node_id, consent, is_decided });
    return swapped.done ? swapped.document : null;
  };

  /** A seat that nobody ever took has no document yet. */
  const make = async (seat: SeatDocument): Promise<SeatDocument | null> => {
    const written = await collection.insert(seat);
    if (written.outcome === "done") return written.document;
    const stored = written.outcome === "unknown" ? await collection.get(seat.id) : null;
    return stored?.node_id === seat.node_id ? stored : null;
  };

  const claim: Seats["claim"] = async (pool, { nodeId, consent, isKept }) => {
    const node_id = isKept ? keptFor(nodeId) : nodeId;
    const claimed = { node_id, consent, is_decided: !isKept };
    for (;;) {
      const seats = await ofPool(pool.id);
      const vacant = vacantSeats(pool, seats, nodeId);
      if (vacant.length === 0) return "full";
      for (const number of vacant) {
        const known = seats.find(({ seat }) => seat === number);
        const id = seatId(pool.id, number);
        const untold = { changed_at: clock.now(), sealed_slot: null, is_told: false };
        const place = { id, pool_id: pool.id, seat: number, ...untold };
        const taken =
          known === undefined ? await make({ ...place, ...claimed }) : await change(known, claimed);
        if (taken !== null) return taken;
        if ((await holding(node_id)) !== null) return "claimed";
      }
    }
  };

  return {
    ofPool,
    of: holding,
    keptFor: (nodeId) => holding(keptFor(nodeId)),
    claim,
    change,
    vacate: async (seat) =>
      isVacant(seat) ||
      (await change(seat, { node_id: seat.id, consent: null, is_decided: true })) !== null,
    untold: () => collection.find({ where: { is_told: false } }),
    told: async ({ id, ...asRead }) => {
      await compareAndSet(collection, id, { is_told: true }, asRead);
    },
    noteSaid: async (id, slot) => {
      const said = { sealed_slot: slot, is_told: false };
      for (;;) {
        const seat = await collection.get(id);
        if (seat === null || (seat.sealed_slot ?? -1) >= slot) return;
        const { sealed_slot } = seat;
        if ((await compareAndSet(collection, id, said, { sealed_slot })).done) return;
      }
    },
  };
};
