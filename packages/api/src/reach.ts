import type { RouteDefinition } from "./route.ts";

/**
 * How far an operation reaches for who has these roles: `all` of what it is about, `own` for what is theirs alone, or
 * `none` of it.
 */
export const reachOf = (
  { roles, own = [] }: Pick<RouteDefinition, "roles" | "own">,
  given: readonly string[],
): "all" | "own" | "none" => {
  const held = roles.filter((role) => given.includes(role));
  if (held.some((role) => !own.some((limited) => limited === role))) return "all";
  return held.length > 0 ? "own" : "none";
};
