export { DataError, type DataErrorCode } from "./data-error.ts";
export { readFirstPolicy, readKeyFile, readKeySeed, readNetwork } from "./read.ts";
