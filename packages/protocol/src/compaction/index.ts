export { createCompactor } from "./compactor.ts";
export type { Compactor } from "./compactor.ts";
export { decodeCompactedEpoch, encodeCompactedEpoch } from "./epoch.ts";
export type { CompactedEpoch } from "./epoch.ts";
export { bodyOfEpochs, createEpochLeaves } from "./epoch-leaves.ts";
export type { EpochLeaves } from "./epoch-leaves.ts";
export { epochsOfHeight, heightsOfEpoch } from "./heights.ts";
export { rebuildBodies } from "./rebuild.ts";
