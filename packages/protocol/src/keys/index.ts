export { applyKeyChange, checkKeyChange, genesisKeys } from "./key-change.ts";
export type { KeyChangeProblem, NetworkKeys } from "./key-change.ts";
