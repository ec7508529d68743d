export { type BlockManager, createBlockManager } from "./app.ts";
export { type BlockManagerConfig, configSchema, configSection } from "./config.ts";
export { exitCodeOf } from "./exit-code.ts";
export { serviceInfo } from "./info.ts";
export { copyLog } from "./copy/index.ts";
export { DiskError, openDisk } from "./disk/index.ts";
export { fsck, type FsckProgress, type FsckReport } from "./fsck/index.ts";
export { logSignatureIn } from "./store/index.ts";
