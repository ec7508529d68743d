export { applyKeyChange, checkKeyChange, genesisKeys } from "./key-change.ts";
export type { NetworkKeys } from "./key-change.ts";
