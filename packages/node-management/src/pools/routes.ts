import { routes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { pageOfList, pageToView } from "../shared/page.ts";
import type { Pools, PoolRefusal, PoolVerdict } from "./contract.ts";
import { unknownPool } from "./directory.ts";
import type { PoolDocument } from "./documents.ts";
import type { HealthOf } from "./health.ts";
import { healthToView, poolToView } from "./views.ts";

export type PoolRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly pools: Pools;
  readonly healthOf: HealthOf;
};

export const refusalToProblem = ({ code, detail, extensions }: PoolRefusal): ApiProblem =>
  new ApiProblem(code, detail, { ...(extensions && { extensions }) });

/** Pools themselves; who sits in them is in `member-routes.ts`. */
export const registerPoolRoutes = ({ http, pools, healthOf }: PoolRoutesDeps): void => {
  const view = async (pool: PoolDocument) => poolToView(pool, await healthOf(pool));
  const answer = async (verdict: PoolVerdict) =>
    verdict.outcome === "refused" ? refusalToProblem(verdict) : view(verdict.pool);

  http.route(routes.createPool, async ({ body, reply }) => {
    const verdict = await pools.create({
      poolId: body.pool_id,
      name: body.name,
      rewardMethod: body.reward_method,
      placement: body.placement,
      maxNodes: body.max_nodes,
    });
    if (verdict.outcome === "refused") return refusalToProblem(verdict);
    return reply(verdict.outcome === "created" ? 201 : 200, await view(verdict.pool));
  });

  http.route(routes.listPools, async ({ query: { status, node_id, ...request } }) => {
    const all = await poolsOf(pools, node_id);
    if (status === undefined) {
      const page = pageOfList(all, request);
      const items = await Promise.all(page.items.map(view));
      return pageToView({ ...page, items }, (item) => item);
    }
    const views = await Promise.all(all.map(view));
    const matching = views.filter((item) => item.status === status);
    return pageToView(pageOfList(matching, request), (item) => item);
  });

  http.route(routes.getPool, async ({ params: { pool_id } }) => {
    const pool = await pools.pool(pool_id);
    return pool === null ? refusalToProblem(unknownPool(pool_id)) : view(pool);
  });

  http.route(routes.changePool, async ({ params: { pool_id }, body }) =>
    answer(
      await pools.change(pool_id, {
        name: body.name,
        rewardMethod: body.reward_method,
        placement: body.placement,
        maxNodes: body.max_nodes,
        state: body.state,
      }),
    ),
  );

  http.route(routes.disbandPool, async ({ params: { pool_id } }) =>
    answer(await pools.disband(pool_id)),
  );

  http.route(routes.getPoolHealth, async ({ params: { pool_id } }) => {
    const pool = await pools.pool(pool_id);
    if (pool === null) return refusalToProblem(unknownPool(pool_id));
    return healthToView(pool, await healthOf(pool));
  });
};

const poolsOf = async (pools: Pools, nodeId: string | undefined): Promise<PoolDocument[]> => {
  if (nodeId === undefined) return pools.pools();
  const seat = await pools.seatOf(nodeId);
  const pool = seat === null ? null : await pools.pool(seat.pool_id);
  return pool === null ? [] : [pool];
};
