import { isAudited, type Role, type RouteDefinition } from "@lucid/api";

const columns: readonly Role[] = [
  "anyone",
  "node",
  "owner",
  "operator",
  "treasurer",
  "admin",
  "auditor",
  "service",
];

type Service = { readonly name: string; readonly routes: readonly RouteDefinition[] };

/** docs/roles.md: which role may call which operation, from the definitions that decide it. */
export const renderRolesDoc = (services: readonly Service[]): string =>
  [
    "# Roles",
    "",
    "Who may call what. `anyone` needs no token, and whoever has a token may do it too. *own*: a node only with itself, an owner only",
    "with itself and its nodes. *audited*: every call is a line of the audit trail. What anyone may send carries its own proof.",
    "A call without a token that needs one is 401, one with a token of another role 403.",
    ...services.flatMap(renderService),
    "",
  ].join("\n");

const renderService = ({ name, routes }: Service): string[] => [
  "",
  `## ${name}`,
  "",
  `| operation | call | ${columns.join(" | ")} | audited |`,
  `| --- | --- |${" --- |".repeat(columns.length + 1)}`,
  ...routes.map(renderRoute),
];

const renderRoute = (route: RouteDefinition): string => {
  const cells = columns.map((role) => cellOf(route, role));
  const call = `\`${route.method} ${route.path}\``;
  return `| ${route.operationId} | ${call} | ${cells.join(" | ")} | ${isAudited(route) ? "yes" : ""} |`;
};

const cellOf = ({ roles, own = [] }: RouteDefinition, role: Role): string => {
  if (roles.includes("anyone")) return "yes";
  if (!roles.includes(role)) return "";
  return (own as readonly string[]).includes(role) ? "own" : "yes";
};
