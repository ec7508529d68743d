export type * from "./definition.ts";
export type { Answer, Connection, Handler, Principal, Reply, RequestContext } from "./context.ts";
export type * from "./contract.ts";
export * from "./problem.ts";
