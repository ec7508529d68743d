import { Fault } from "../shared/fault.ts";
import type { JoinRequest, LeaveVerdict, PoolRefusal, SeatVerdict } from "./contract.ts";
import { unknownPool } from "./directory.ts";
import { isVacant, type PoolDocument, type SeatDocument } from "./documents.ts";
import type { Moves } from "./moves.ts";
import { refuse } from "./rules.ts";
import type { Seats } from "./seats.ts";

export type JoinDeps = {
  readonly seats: Seats;
  readonly moves: Moves;
  readonly pool: (poolId: string) => Promise<PoolDocument | null>;
};

export type Joining = {
  join(poolId: string, request: JoinRequest): Promise<SeatVerdict>;
  leave(poolId: string, nodeId: string): Promise<LeaveVerdict>;
};

/** A node that changes its mind this often at the same time is not one node. */
const MAX_ATTEMPTS = 100;

/** Joining, moving and leaving: each looks at what is stored, and again when somebody else was faster. */
export const createJoining = ({ seats, moves, pool: readPool }: JoinDeps): Joining => {
  const insist = async <V>(nodeId: string, attempt: () => Promise<V | "again">): Promise<V> => {
    for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts++) {
      await moves.finish(nodeId);
      const verdict = await attempt();
      if (verdict !== "again") return verdict;
    }
    throw new Fault("pools.contention", `${nodeId}: others kept changing its seat`, { nodeId });
  };

  const stay = async (
    seat: SeatDocument,
    { consent }: JoinRequest,
  ): Promise<SeatVerdict | "again"> => {
    if (seat.consent === consent) return { outcome: "found", seat };
    const changed = await seats.change(seat, { consent });
    return changed === null ? "again" : { outcome: "changed", seat: changed };
  };

  const sitDown = async (
    pool: PoolDocument,
    { nodeId, consent }: JoinRequest,
  ): Promise<SeatVerdict | "again"> => {
    const seat = await seats.claim(pool, { nodeId, consent, isKept: false });
    if (seat === "full") return full(pool);
    if (seat === "claimed") return "again";
    // Draining sets the pool first and then looks at the seats, so whoever comes late withdraws.
    const now = await readPool(pool.id);
    if (now?.state === "active") return { outcome: "joined", seat };
    await seats.vacate(seat);
    return closed(now ?? pool);
  };

  const move = async (
    pool: PoolDocument,
    { nodeId, consent }: JoinRequest,
  ): Promise<SeatVerdict | "again"> => {
    const kept = await seats.claim(pool, { nodeId, consent, isKept: true });
    if (kept === "full") return full(pool);
    if (kept === "claimed") return "again";
    await moves.finish(nodeId);
    const seat = await seats.of(nodeId);
    return seat?.id === kept.id ? { outcome: "moved", seat } : "again";
  };

  const attemptJoin = async (
    poolId: string,
    request: JoinRequest,
  ): Promise<SeatVerdict | "again"> => {
    const { nodeId, consent, from } = request;
    const pool = await readPool(poolId);
    if (pool === null) return unknownPool(poolId);
    const sits = await seats.of(nodeId);
    if (sits?.pool_id === poolId && sits.consent === consent) return stay(sits, request);
    if (pool.state !== "active") return closed(pool);
    if (pool.reward_method !== consent) return otherMethod(pool);
    if (sits?.pool_id === poolId) return stay(sits, request);
    if (sits?.pool_id !== from) return notFrom(nodeId, sits, from);
    return sits === null ? sitDown(pool, request) : move(pool, request);
  };

  const attemptLeave = async (poolId: string, nodeId: string): Promise<LeaveVerdict | "again"> => {
    if ((await readPool(poolId)) === null) return unknownPool(poolId);
    const seat = await seats.of(nodeId);
    if (seat === null || seat.pool_id !== poolId || isVacant(seat))
      return refuse("pools.not_member", `${nodeId} does not sit in ${poolId}.`);
    return (await seats.vacate(seat)) ? { outcome: "left", seat } : "again";
  };

  return {
    join: (poolId, request) => insist(request.nodeId, () => attemptJoin(poolId, request)),
    leave: (poolId, nodeId) => insist(nodeId, () => attemptLeave(poolId, nodeId)),
  };
};

const full = ({ id, max_nodes }: PoolDocument): PoolRefusal =>
  refuse("pools.full", `${id} has ${max_nodes} seats, and all of them are taken.`, {
    capacity: { max_nodes, free: 0 },
  });

const closed = ({ id, state }: PoolDocument): PoolRefusal =>
  refuse(
    "pools.draining",
    state === "disbanded"
      ? `${id} is disbanded for good: join another pool.`
      : `${id} is draining: nobody joins it while it does; join another pool.`,
  );

const otherMethod = ({ id, reward_method }: PoolDocument): PoolRefusal =>
  refuse(
    "pools.consent",
    `${id} pays by ${reward_method}: a node that joins says so with consent "${reward_method}".`,
  );

const notFrom = (
  nodeId: string,
  sits: SeatDocument | null,
  from: string | undefined,
): PoolRefusal =>
  sits === null
    ? refuse("pools.not_member", `from is ${from}, but ${nodeId} sits in no pool: leave from out.`)
    : refuse(
        "pools.seated",
        `${nodeId} sits in ${sits.pool_id}: say from "${sits.pool_id}" to move, or leave it first.`,
        { pool_id: sits.pool_id },
      );
