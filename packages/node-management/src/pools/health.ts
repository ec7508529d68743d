import type { NodeStatus } from "../registry/index.ts";
import type { PoolDocument, SeatDocument } from "./documents.ts";
import type { Pools } from "./contract.ts";
import { onlineBp, type PoolStatus, statusOfPool } from "./rules.ts";

export type PoolHealth = {
  readonly status: PoolStatus;
  /** By seat. */
  readonly members: readonly SeatDocument[];
  readonly online: number;
  /** Basis points; null for a pool without members. */
  readonly onlineBp: number | null;
  /** Members that are not online, each with its status. */
  readonly notOnline: readonly { readonly nodeId: string; readonly status: NodeStatus }[];
};

/** How many of a pool's members are heard now: computed when read, never stored. */
export const createPoolHealth =
  ({
    pools,
    statusOf,
  }: {
    readonly pools: Pick<Pools, "members">;
    readonly statusOf: (nodeId: string) => { readonly status: NodeStatus };
  }) =>
  async (pool: PoolDocument): Promise<PoolHealth> => {
    const members = await pools.members(pool.id);
    const notOnline = members
      .map(({ node_id: nodeId }) => ({ nodeId, status: statusOf(nodeId).status }))
      .filter(({ status }) => status !== "online");
    const online = members.length - notOnline.length;
    const share = onlineBp(members.length, online);
    return {
      status: statusOfPool(pool, share),
      members,
      online,
      onlineBp: share,
      notOnline,
    };
  };

export type HealthOf = ReturnType<typeof createPoolHealth>;
