export { createMending } from "./mending.ts";
export type { Mending } from "./mending.ts";
export { createScrubObserver } from "./observe.ts";
export { createScrub } from "./scrub.ts";
export type { Scrub, ScrubDeps, ScrubEvent } from "./scrub.ts";
