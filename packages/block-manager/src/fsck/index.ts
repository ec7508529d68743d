export type {
  Finding,
  FindingCode,
  Fsck,
  FsckCounts,
  FsckOptions,
  FsckProgress,
  FsckReport,
} from "./contract.ts";
export { fsck } from "./fsck.ts";
