export { createNodeManagement, type NodeManagement, type NodeManagementDeps } from "./app.ts";
export { configSchema, type NodeManagementConfig, otherSections } from "./config.ts";
export { exitCodeOf } from "./exit-code.ts";
export { type CollectionUpgrade, planUpgrade, upgradeStore } from "./migrate.ts";
export { restoreStore, type RestoredStore, type StoreCopy } from "./restore.ts";
export { storePlace } from "./store.ts";
export { copyStore, openStoreSnapshot, type CopiedStore } from "./store-copy.ts";
export { serviceInfo } from "./info.ts";
