export type {
  Log,
  LogBlock,
  LogCheckpoint,
  LogEntry,
  ProvenLeaf,
  TrustedCheckpoint,
  WalkState,
} from "./contract.ts";
export { keysAfter } from "./keys.ts";
export { LogError } from "./log-error.ts";
export type { LogErrorCode, LogPlace } from "./log-error.ts";
export { openLog } from "./open.ts";
export type { OpenLogOptions } from "./open.ts";
