export { decodeBlockEntry, encodeBlockEntry, signHeader, verifyBlockEntry } from "./entry.ts";
export type { BlockEntry } from "./entry.ts";
export { headerHash, nextHeader, NO_PARENT, parseHeader } from "./header.ts";
export type { BlockHeader, BlockNetwork } from "./header.ts";
export { bodyProblem, linkProblem } from "./problems.ts";
export type { HeaderProblem } from "./problems.ts";
