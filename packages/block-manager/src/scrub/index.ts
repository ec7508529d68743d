export { createMending } from "./mending.ts";
export { createScrubObserver } from "./observe.ts";
export { createScrub } from "./scrub.ts";
export type { ScrubEvent } from "./scrub.ts";
