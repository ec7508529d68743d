export { createBodies } from "./bodies.ts";
export type { Bodies } from "./bodies.ts";
export { createCompaction } from "./compaction.ts";
export type { Compaction, CompactionEvent } from "./compaction.ts";
