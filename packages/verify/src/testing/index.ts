export { filesToSource, treeFiles, writeFiles } from "./files.ts";
export type { Files } from "./files.ts";
export { signCheckpoint, testNetwork } from "./network.ts";
export type { TestNetwork } from "./network.ts";
export { logFiles, sealBlocks } from "./write-log.ts";
export type { TestBlock, TestDraft } from "./write-log.ts";
