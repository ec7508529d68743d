import { type OperationId, type RouteDefinition, routes } from "@lucid/api";

type Principal = { readonly id: string; readonly roles: readonly string[] };

/**
 * Whether to offer an operation to somebody: by a role that reaches everything, or one that reaches what is theirs
 * (`owners` are whose it is: ids of a node, an owner). The service decides again.
 */
export const mayCall = (
  principal: Principal | undefined,
  operation: OperationId,
  owners: readonly string[] = [],
): boolean => {
  if (principal === undefined) return false;
  const { roles, own = [] }: RouteDefinition = routes[operation];
  const held = roles.filter((role) => principal.roles.includes(role));
  const reachesAll = held.some((role) => !own.some((limited) => limited === role));
  return reachesAll || (held.length > 0 && owners.includes(principal.id));
};
