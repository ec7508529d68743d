export { DiskError } from "./disk-error.ts";
export { LOCK } from "./disk.ts";
export { openDisk } from "./open.ts";
export { nextOf } from "./port.ts";
export type { Disk, DiskFile } from "./port.ts";
