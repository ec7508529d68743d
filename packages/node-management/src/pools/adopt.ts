import type { Documents } from "@lucid/platform/documents";
import type { Seat } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import type { Adopter, AdoptedSlot } from "../shared/adopt.ts";
import type { Network } from "../shared/network.ts";
import { insertOrFind } from "../shared/written.ts";
import {
  keptFor,
  poolCollection,
  seatCollection,
  type SeatDocument,
  seatId,
  seatRecordCollection,
} from "./documents.ts";
import { createSeatLog } from "./log.ts";

export type PoolsAdopter = Adopter<"seat"> & {
  /** Seats everybody as the last block says. Answers pools that were made since: of them the log knows the seats alone. */
  finish(): Promise<readonly string[]>;
};

type Said = AdoptedSlot & { readonly record: Seat };

/** Seats from the log. What a pool is called and how it pays is not in it, but for what its members agreed to. */
export const createPoolsAdopter = ({
  documents,
  network,
}: {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
}): PoolsAdopter => {
  const pools = documents.collection(poolCollection);
  const seats = documents.collection(seatCollection);
  const seatRecords = documents.collection(seatRecordCollection);
  const seatLog = createSeatLog({ collection: seatRecords, network });
  const latest = new Map<string, Said>();

  const vacate = async (seat: SeatDocument): Promise<void> => {
    const vacant = { node_id: seat.id, consent: null, is_decided: true };
    await compareAndSet(seats, seat.id, vacant, {});
  };
  /** Whoever a block seats, or has leave, sits nowhere else. */
  const makeRoom = async (id: string, { node_id }: Seat): Promise<void> => {
    const here = await seats.get(id);
    if (here !== null) await vacate(here);
    if (node_id === undefined) return;
    for (const held of [node_id, keptFor(node_id)])
      for (const seat of await seats.find({ where: { node_id: held } })) await vacate(seat);
  };
  const seatAs = async (id: string, { slot, atMs, record }: Said): Promise<void> => {
    const { pool_id, seat, node_id = id, consent = null } = record;
    const said = { changed_at: atMs, sealed_slot: slot, is_told: true };
    const document = { id, pool_id, seat, node_id, consent, is_decided: true, ...said };
    const { inserted } = await insertOrFind(seats, document);
    const { id: _id, ...patch } = document;
    if (!inserted) await compareAndSet(seats, id, patch, {});
  };
  /** Tells whether the pool is new here. */
  const makePool = async ({ atMs, record: { pool_id, consent } }: Said): Promise<boolean> => {
    const made = await insertOrFind(pools, {
      id: pool_id,
      name: pool_id,
      reward_method: consent ?? "work_credits",
      placement: "least_loaded",
      max_nodes: network.genesis.pool_max_nodes,
      state: "active",
      is_ending: false,
      created_at: atMs,
      revision: 0,
    });
    return made.inserted;
  };

  return {
    type: "seat",
    adopt: async (at, sealed) => {
      await seatLog.note(at.slot, sealed);
      for (const record of sealed)
        latest.set(seatId(record.pool_id, record.seat), { ...at, record });
    },
    finish: async () => {
      for (const [id, { record }] of latest) await makeRoom(id, record);
      for (const [id, said] of latest) await seatAs(id, said);
      const made = new Set<string>();
      for (const said of latest.values()) if (await makePool(said)) made.add(said.record.pool_id);
      return [...made];
    },
  };
};
