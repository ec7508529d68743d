export { createChores } from "./chores.ts";
export type * from "./port.ts";
export { choresReadiness } from "./readiness.ts";
