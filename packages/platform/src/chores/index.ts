export { createChores } from "./chores.ts";
export type * from "./port.ts";
