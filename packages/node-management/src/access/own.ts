import { reachOf, type RouteDefinition } from "@lucid/api";
import { ApiProblem, type Http, type Principal, type RequestContext } from "@lucid/platform/http";

/** Who owns a node; null when there is no such node. */
export type OwnerOfNode = (nodeId: string) => string | null;

type Named = { readonly node_id?: string; readonly owner_id?: string };
type Context = RequestContext<RouteDefinition>;

/**
 * The same HTTP service, where who may act only on what is theirs (`own` in packages/api) is refused for all else: a
 * node for another node, an owner for another owner or a node of another. Path and body say which one is meant.
 */
export const withOwnership = (http: Http, ownerOfNode: OwnerOfNode): Http => ({
  ...http,
  route: (definition, handler) => {
    const route = definition as unknown as RouteDefinition;
    if (route.own === undefined) return http.route(definition, handler);
    return http.route(definition, (context) => {
      const { principal, params, body } = context as unknown as Context;
      const named: Named = { ...(body as object | undefined), ...(params as object | undefined) };
      const isAllowed = principal === null || mayCall(route, { principal, named, ownerOfNode });
      return isAllowed ? handler(context) : notTheirs(route);
    });
  },
});

/** Whether a principal may call an operation about what is named: by a role that reaches that far, or as its own. */
export const mayCall = (
  route: Pick<RouteDefinition, "roles" | "own">,
  {
    principal,
    named,
    ownerOfNode,
  }: { readonly principal: Principal; readonly named: Named; readonly ownerOfNode: OwnerOfNode },
): boolean => {
  const reach = reachOf(route, principal.roles);
  return reach === "all" || (reach === "own" && isTheirs(principal, named, ownerOfNode));
};

const isTheirs = (
  { kind, id }: Principal,
  { node_id, owner_id }: Named,
  ownerOfNode: OwnerOfNode,
): boolean => {
  if (kind === "node") return node_id === id && owner_id === undefined;
  if (kind !== "owner" || (node_id ?? owner_id) === undefined) return false;
  const isOwnNode = node_id === undefined || ownerOfNode(node_id) === id;
  return isOwnNode && (owner_id === undefined || owner_id === id);
};

const notTheirs = ({ operationId }: RouteDefinition): ApiProblem =>
  new ApiProblem(
    "access.not_yours",
    `${operationId} is for what is yours: a node's own, an owner's own and its nodes'.`,
  );
