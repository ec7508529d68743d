export type { Head, Store, StoredEntry, StoreEvent, StoreWriter } from "./contract.ts";
export { checkpointOf } from "./head.ts";
export * from "./layout.ts";
export { logSignatureIn } from "./note-signature.ts";
export { openStore, type StoreDeps, type StoreOptions } from "./open.ts";
export { signCheckpoint } from "./recover.ts";
export { stalePartials } from "./stale-tiles.ts";
export { StoreError, type StoreErrorCode } from "./store-error.ts";
export { walk } from "./walk.ts";
