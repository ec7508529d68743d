export { checkKeys } from "./check-keys.ts";
export { createAppender, type AppenderDeps, type AppenderOptions } from "./appender.ts";
export type {
  AppendedBlock,
  AppendedCheckpoint,
  Appender,
  AppendEvent,
  AppendRefusal,
  AppendRefusalCode,
  AppendVerdict,
  SeedOf,
  ValidateVerdict,
} from "./contract.ts";
