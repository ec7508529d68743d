export { createEvents, type EventsOptions } from "./events.ts";
export { shareEvents, type ShareOptions } from "./share.ts";
export type * from "./port.ts";
