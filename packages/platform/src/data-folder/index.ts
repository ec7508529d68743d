export { DataError } from "./data-error.ts";
export { fileFix } from "./file-fix.ts";
export { readFirstPolicy, readKeyFile, readKeySeed, readNetwork, RESTORE_MARK } from "./read.ts";
