export { filesToSource, readAll, treeFiles, writeFiles } from "./files.ts";
export type { Files } from "./files.ts";
export { honestDrafts } from "./honest.ts";
export { signCheckpoint, testNetwork } from "./network.ts";
export type { TestNetwork } from "./network.ts";
export { logFiles, sealBlocks } from "./write-log.ts";
export type { TestBlock, TestDraft } from "./write-log.ts";
