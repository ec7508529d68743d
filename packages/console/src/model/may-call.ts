import { type OperationId, reachOf, routes } from "@lucid/api";

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
  const reach = reachOf(routes[operation], principal.roles);
  return reach === "all" || (reach === "own" && owners.includes(principal.id));
};
