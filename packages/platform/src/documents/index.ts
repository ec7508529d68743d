export { bytes, defineCollection, int64 } from "./define.ts";
export { type DocumentsOptions, openDocuments } from "./open.ts";
export { measureDocuments } from "./measured.ts";
export { DocumentsError } from "./errors.ts";
export type * from "./port.ts";
export { inspectStore } from "./inspect.ts";
export { documentToLine, lineToDocument } from "./lines.ts";
export { openSnapshot, type Snapshot } from "./snapshot.ts";
export { createUpgrade } from "./upgrade.ts";
