export { createEvents } from "./events.ts";
export { shareEvents } from "./share.ts";
export type * from "./port.ts";
