import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import type { Genesis } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import type { Network } from "../shared/network.ts";
import { insertOrFind } from "../shared/written.ts";
import type { PoolChange, PoolPlan, Pools, PoolVerdict } from "./contract.ts";
import type { PoolDocument } from "./documents.ts";
import { refuse } from "./rules.ts";

export type DirectoryDeps = {
  readonly collection: Collection<PoolDocument>;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
};

/** Which pools there are, and how each is meant to be. */
export type PoolDirectory = Pick<Pools, "create" | "change" | "pool"> & {
  /** Writes over a pool whatever `next` makes of it, as often as others are faster. */
  update(
    poolId: string,
    next: (pool: PoolDocument) => Partial<PoolDocument> | Extract<PoolVerdict, { code: string }>,
  ): Promise<PoolVerdict>;
};

export const unknownPool = (poolId: string) =>
  refuse("pools.unknown", `No pool has the id ${poolId}.`);

export const createPoolDirectory = ({
  collection,
  network: { genesis },
  clock,
}: DirectoryDeps): PoolDirectory => {
  const tooLarge = (maxNodes: number) =>
    refuse(
      "pools.max_nodes",
      `max_nodes is ${maxNodes}; this network allows ${genesis.pool_max_nodes} at most, for ever.`,
    );

  const update: PoolDirectory["update"] = async (poolId, next) => {
    for (let pool = await collection.get(poolId); pool !== null;) {
      const wanted = next(pool);
      if ("outcome" in wanted) return wanted;
      const { revision } = pool;
      const patch = { ...wanted, revision: revision + 1 };
      const swapped = await compareAndSet(collection, poolId, patch, { revision });
      if (swapped.done) return { outcome: "changed", pool: swapped.document };
      pool = swapped.stored;
    }
    return unknownPool(poolId);
  };

  return {
    update,
    pool: (poolId) => collection.get(poolId),
    create: async (plan) => {
      const fields = planToFields(plan, genesis);
      if (fields.max_nodes > genesis.pool_max_nodes) return tooLarge(fields.max_nodes);
      const { inserted, stored } = await insertOrFind<PoolDocument>(collection, {
        ...fields,
        id: plan.poolId,
        state: "active",
        is_ending: false,
        created_at: clock.now(),
        revision: 0,
      });
      if (inserted) return { outcome: "created", pool: stored };
      if (isAs(stored, fields)) return { outcome: "found", pool: stored };
      return exists(stored);
    },
    change: (poolId, change) =>
      update(poolId, (pool) => {
        if (pool.state === "disbanded" || pool.is_ending)
          return refuse("pools.draining", `${poolId} is being disbanded, which is final.`);
        const { maxNodes = pool.max_nodes } = change;
        if (maxNodes > genesis.pool_max_nodes) return tooLarge(maxNodes);
        if (maxNodes < pool.max_nodes)
          return refuse(
            "pools.max_nodes",
            `max_nodes is ${pool.max_nodes} and only grows: for less seats make another pool.`,
          );
        return changeToFields(change);
      }),
  };
};

const exists = ({ id, state }: PoolDocument) =>
  refuse(
    "pools.exists",
    state === "disbanded"
      ? `${id} is disbanded for good, and its id stays taken: choose another one.`
      : `${id} exists with other content: change that pool, or choose another id.`,
  );

const planToFields = (
  { name, rewardMethod = "work_credits", placement = "least_loaded", maxNodes }: PoolPlan,
  { pool_max_nodes }: Genesis,
) => ({
  name,
  reward_method: rewardMethod,
  placement,
  max_nodes: maxNodes ?? pool_max_nodes,
});

const isAs = (pool: PoolDocument, fields: ReturnType<typeof planToFields>): boolean =>
  pool.state !== "disbanded" &&
  pool.name === fields.name &&
  pool.reward_method === fields.reward_method &&
  pool.placement === fields.placement &&
  pool.max_nodes === fields.max_nodes;

const changeToFields = ({
  name,
  rewardMethod,
  placement,
  maxNodes,
  state,
}: PoolChange): Partial<PoolDocument> => ({
  ...(name !== undefined && { name }),
  ...(rewardMethod !== undefined && { reward_method: rewardMethod }),
  ...(placement !== undefined && { placement }),
  ...(maxNodes !== undefined && { max_nodes: maxNodes }),
  ...(state !== undefined && { state }),
});
