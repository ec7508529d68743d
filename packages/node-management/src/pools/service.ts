import type { NetworkEvent } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Events } from "@lucid/platform/events";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { scanById } from "../shared/scan.ts";
import type { PoolRefusal, Pools, SeatVerdict } from "./contract.ts";
import { createPoolDirectory } from "./directory.ts";
import { createDisband } from "./disband.ts";
import {
  isTaken,
  poolCollection,
  type PoolDocument,
  seatCollection,
  seatRecordCollection,
} from "./documents.ts";
import { createJoining } from "./join.ts";
import { createSeatLog } from "./log.ts";
import { createMoves } from "./moves.ts";
import { createPlacing, type PlacingDeps } from "./placing.ts";
import { refuse } from "./rules.ts";
import { createSeats } from "./seats.ts";
import { createSeatSource } from "./source.ts";
import { createTidy } from "./tidy.ts";

export type PoolsDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly registry: Pick<Registry, "find" | "latestChange">;
  readonly events: Pick<Events<NetworkEvent>, "publish">;
  readonly scoresOf: PlacingDeps["scoresOf"];
};

/** Pools and their seats. What is stored is the truth: several processes may change it at once. */
export const createPools = (deps: PoolsDeps): Pools => {
  const { documents, network, clock, registry, events, scoresOf } = deps;
  const poolDocuments = documents.collection(poolCollection);
  const collection = documents.collection(seatCollection);
  const directory = createPoolDirectory({ collection: poolDocuments, network, clock });
  const seats = createSeats({ collection, clock });
  const moves = createMoves({ seats, pool: directory.pool });
  const joining = createJoining({ seats, moves, pool: directory.pool });
  const seatLog = createSeatLog({
    collection: documents.collection(seatRecordCollection),
    network,
  });
  const disband = createDisband({ directory, seats });

  const pools = async (): Promise<PoolDocument[]> => {
    const all: PoolDocument[] = [];
    await scanById(poolDocuments, (pool) => void all.push(pool));
    return all;
  };
  const refusalOf = async (nodeId: string): Promise<PoolRefusal | null> => {
    if ((await registry.find(nodeId)) === null)
      return refuse("nodes.unknown", `No node has the id ${nodeId}.`);
    return registry.latestChange(nodeId)?.standing === "retired"
      ? refuse("nodes.standing", `${nodeId} is retired, which is final: it joins no pool.`)
      : null;
  };
  const place = createPlacing({
    pools,
    seats,
    join: (poolId, request) => joining.join(poolId, request),
    scoresOf,
  });

  /** Tells whoever watches that there is something new to see of a pool. */
  const news = <V extends { readonly outcome: string }>(poolId: string, verdict: V): V => {
    const isNews = verdict.outcome !== "refused" && verdict.outcome !== "found";
    if (isNews) events.publish({ type: "pool", pool_id: poolId });
    return verdict;
  };
  const seated = (verdict: SeatVerdict): SeatVerdict =>
    verdict.outcome === "refused" ? verdict : news(verdict.seat.pool_id, verdict);

  return {
    create: async (plan) => news(plan.poolId, await directory.create(plan)),
    change: async (poolId, change) => news(poolId, await directory.change(poolId, change)),
    disband: async (poolId) => news(poolId, await disband(poolId)),
    pool: directory.pool,
    pools,
    members: async (poolId) => (await seats.ofPool(poolId)).filter(isTaken),
    sealedSlot: (seat) => seatLog.sealedSlot(seat),
    seatOf: (nodeId) => seats.of(nodeId),
    join: async (poolId, request) =>
      (await refusalOf(request.nodeId)) ?? seated(await joining.join(poolId, request)),
    place: async (request) => (await refusalOf(request.nodeId)) ?? seated(await place(request)),
    leave: async (poolId, nodeId) => news(poolId, await joining.leave(poolId, nodeId)),
    tidy: createTidy({ collection, seats, moves, registry, pools, disband }),
    membersBefore: (slot) => seatLog.membersBefore(slot),
    sources: [createSeatSource({ seats, seatLog })],
  };
};
