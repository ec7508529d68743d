export { DiskError, type DiskErrorCode } from "./disk-error.ts";
export { LOCK } from "./disk.ts";
export { inParallel } from "./in-parallel.ts";
export { openDisk } from "./open.ts";
export { nextOf, temporaryOf } from "./port.ts";
export type { Disk, DiskFile, DiskItem, DiskLock } from "./port.ts";
