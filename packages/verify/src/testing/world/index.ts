export { fullPlan } from "./plan.ts";
export type { Lies, WorldBeacon, WorldPlan, WorldRecord } from "./plan.ts";
export { createWorld, FIRST_EPOCH } from "./world.ts";
export type { World } from "./world.ts";
export type { WorldNode, WorldOwner } from "./cast.ts";
export { at, changeFirst, firstEntry, lieAboutResult, without } from "./lies.ts";
export type { Lie } from "./lies.ts";
export { catchLie, verifyWorld } from "./caught.ts";
export { commit, createNode, createOwner, enrol } from "./cast.ts";
