export { createEvents, type EventsOptions } from "./events.ts";
export type * from "./port.ts";
