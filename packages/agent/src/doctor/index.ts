export { checkClock } from "./clock.ts";
export { showChecks } from "./describe.ts";
export { checkDisk, checkMemory } from "./machine.ts";
export { nodeChecks } from "./node-checks.ts";
export { checkVersions } from "./versions.ts";
