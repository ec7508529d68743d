export type { Finding, FsckProgress, FsckReport } from "./contract.ts";
export { fsck } from "./fsck.ts";
