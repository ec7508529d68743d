import { routes } from "@lucid/api";
import type { Http } from "@lucid/platform/http";
import type { NodeStatus, Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { pageOfList, pageToView } from "../shared/page.ts";
import type { Pools, SeatVerdict } from "./contract.ts";
import { unknownPool } from "./directory.ts";
import type { SeatDocument } from "./documents.ts";
import { refusalToProblem } from "./routes.ts";
import { createMemberToView } from "./views.ts";

export type MemberRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly pools: Pools;
  readonly registry: Pick<Registry, "node">;
  readonly statusOf: (nodeId: string) => { readonly status: NodeStatus };
  readonly network: Network;
};

/** Who sits in a pool, joins it and leaves it. */
export const registerMemberRoutes = (deps: MemberRoutesDeps): void => {
  const { http, pools } = deps;
  const memberToView = createMemberToView({ ...deps, genesis: deps.network.genesis });
  const view = async (seat: SeatDocument) => memberToView(seat, await pools.sealedSlot(seat));

  http.route(routes.listMembers, async ({ params: { pool_id }, query }) => {
    if ((await pools.pool(pool_id)) === null) return refusalToProblem(unknownPool(pool_id));
    const page = pageOfList(await pools.members(pool_id), query);
    return pageToView({ ...page, items: await Promise.all(page.items.map(view)) }, (item) => item);
  });

  type Reply<A> = (status: 200 | 201, body: Awaited<ReturnType<typeof view>>) => A;
  const answer = async <A>(verdict: SeatVerdict, reply: Reply<A>) => {
    if (verdict.outcome === "refused") return refusalToProblem(verdict);
    return reply(verdict.outcome === "joined" ? 201 : 200, await view(verdict.seat));
  };

  http.route(routes.placeNode, async ({ body: { node_id, consent }, reply }) =>
    answer(await pools.place({ nodeId: node_id, consent }), reply),
  );

  http.route(routes.joinPool, async ({ params, body: { node_id, consent, from }, reply }) =>
    answer(await pools.join(params.pool_id, { nodeId: node_id, consent, from }), reply),
  );

  http.route(routes.leavePool, async ({ params: { pool_id, node_id } }) => {
    const verdict = await pools.leave(pool_id, node_id);
    if (verdict.outcome === "refused") return refusalToProblem(verdict);
    return memberToView(verdict.seat, null);
  });
};
