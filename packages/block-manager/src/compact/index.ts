export { createBodies } from "./bodies.ts";
export type { Bodies } from "./bodies.ts";
export { problemOf } from "./body-problem.ts";
export { createCompaction } from "./compaction.ts";
export type { CompactionEvent } from "./compaction.ts";
export { createCompactedEpochs } from "./epochs.ts";
export { compactEpoch } from "./make.ts";
export { feedBody, parseLeaves } from "./steps.ts";
