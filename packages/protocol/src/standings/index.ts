export { activeSlots, standingAt } from "./in-force.ts";
export type { SealedStanding, Standing } from "./in-force.ts";
export { checkOwnerStanding } from "./owner.ts";
