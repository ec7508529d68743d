export { checkBackup } from "./check.ts";
export * as describe from "./describe.ts";
export { explained } from "./failures.ts";
export { makeBackup } from "./make.ts";
export { openNewerLog } from "./newer-log.ts";
export { placeOf } from "./place.ts";
export { restoreBackup } from "./restore.ts";
export { readPassphrase } from "./secrets.ts";
