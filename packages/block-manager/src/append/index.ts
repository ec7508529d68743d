export { checkKeys } from "./check-keys.ts";
export { createAppender } from "./appender.ts";
export type { AppendedBlock, Appender, AppendEvent, AppendRefusal, SeedOf } from "./contract.ts";
