export { DiskError, type DiskErrorCode } from "./disk-error.ts";
export { nextOf, temporaryOf } from "./port.ts";
export type { Disk, DiskFile, DiskItem, DiskLock } from "./port.ts";
