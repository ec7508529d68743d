export { checkKeys } from "./check-keys.ts";
export { createAppender } from "./appender.ts";
export type {
  AppendedBlock,
  AppendedCheckpoint,
  Appender,
  AppendEvent,
  AppendRefusal,
  SeedOf,
} from "./contract.ts";
