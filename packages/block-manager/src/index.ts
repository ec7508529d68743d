export { type BlockManager, type BlockManagerDeps, createBlockManager } from "./app.ts";
export { type BlockManagerConfig, configSchema, configSection } from "./config.ts";
export { exitCodeOf } from "./exit-code.ts";
export { serviceInfo } from "./info.ts";
