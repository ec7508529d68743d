export { checkClock, skewOf, type TimeSource } from "./clock.ts";
export { describeChecks, showChecks } from "./describe.ts";
export { checkDisk, checkMemory } from "./machine.ts";
export { type NodeDoctorDeps, nodeChecks } from "./node-checks.ts";
export { checkVersions } from "./versions.ts";
