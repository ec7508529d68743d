import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Http, type Principal } from "@lucid/platform/http";
import type { Network } from "../shared/network.ts";
import { pageOfList, pageToView } from "../shared/page.ts";
import type { RegisteredNode, Registry, StandingChange, StandingVerdict } from "./contract.ts";
import type { Liveness, StatusOf } from "./status.ts";
import { createNodeViews } from "./views.ts";

export type NodeRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly registry: Registry;
  readonly liveness: Liveness;
  readonly statusOf: StatusOf;
  readonly network: Network;
  readonly clock: Clock;
};

export const registerNodeRoutes = (deps: NodeRoutesDeps): void => {
  const { http, registry, statusOf } = deps;
  const { nodeToView, statusToView } = createNodeViews(deps);

  http.route(routes.enrolNode, async ({ body, reply }) => {
    const { network_id, ...enrolment } = body;
    const verdict = await registry.enrol(network_id, enrolment);
    if (verdict.outcome === "refused") return new ApiProblem(verdict.code, verdict.detail);
    return reply(verdict.outcome === "enrolled" ? 201 : 200, nodeToView(verdict.node));
  });

  http.route(routes.listNodes, ({ query: { standing, status, owner_id, ...request } }) => {
    const matches = ({ nodeId }: RegisteredNode): boolean => {
      const now = statusOf(nodeId);
      return (
        (standing === undefined || now.standing === standing) &&
        (status === undefined || now.status === status)
      );
    };
    const candidates = owner_id === undefined ? registry.nodes() : nodesOf(registry, owner_id);
    const isFiltered = standing !== undefined || status !== undefined;
    const list = isFiltered ? candidates.filter(matches) : candidates;
    return pageToView(pageOfList(list, request), nodeToView);
  });

  http.route(routes.listOwnerNodes, ({ params: { owner_id }, query }) =>
    registry.owner(owner_id) === null
      ? new ApiProblem("owners.unknown", `There is no owner ${owner_id}.`)
      : pageToView(pageOfList(nodesOf(registry, owner_id), query), nodeToView),
  );

  http.route(routes.getNode, async ({ params: { node_id } }) => {
    const node = await registry.find(node_id);
    return node === null ? unknown(node_id) : nodeToView(node);
  });

  http.route(routes.getNodeStatus, async ({ params: { node_id } }) => {
    const node = await registry.find(node_id);
    return node === null ? unknown(node_id) : statusToView(node);
  });

  const answer = (verdict: StandingVerdict) =>
    verdict.outcome === "refused"
      ? new ApiProblem(verdict.code, verdict.detail)
      : nodeToView(verdict.node);

  http.route(routes.changeStanding, async ({ params: { node_id }, body }) =>
    answer(await registry.changeStanding(node_id, { ...body, by: "operator" })),
  );

  http.route(routes.retireNode, async ({ params: { node_id }, principal }) => {
    const node = await registry.find(node_id);
    if (node === null) return unknown(node_id);
    const by = retiredBy(principal);
    return answer(
      await registry.changeStanding(node_id, { standing: "retired", reason: "retired", by }),
    );
  });
};

const nodesOf = (registry: Registry, ownerId: string): RegisteredNode[] =>
  (registry.owner(ownerId)?.nodeIds ?? [])
    .map((nodeId) => registry.node(nodeId))
    .filter((node) => node !== null)
    .toSorted((a, b) => (a.nodeId < b.nodeId ? -1 : 1));

const unknown = (nodeId: string): ApiProblem =>
  new ApiProblem("nodes.unknown", `No node has the id ${nodeId}.`);

/** Who may only retire what is theirs does it for the owner. */
const retiredBy = ({ roles }: Principal): StandingChange["by"] =>
  roles.includes("operator") || roles.includes("admin") ? "operator" : "owner";
