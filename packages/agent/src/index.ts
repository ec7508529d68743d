export { createNodeCommands, serviceUrl } from "./commands/index.ts";
export {
  checkClock,
  checkDisk,
  checkMemory,
  checkVersions,
  describeChecks,
  showChecks,
  type TimeSource,
} from "./doctor/index.ts";
export { enrolNode, walletFromKeyFile, type Enrolled } from "./enrol/index.ts";
export {
  makePrivateFolder,
  openNodeFolder,
  replaceFile,
  writeNewSecret,
  type NodeFolder,
} from "./folder/index.ts";
export {
  describeMaintenance,
  edge,
  type MaintenanceView,
  type SpanOptions,
  spanToBody,
} from "./maintenance/index.ts";
export {
  createOutput,
  createProcessIo,
  exitCode,
  exitCodeHelp,
  Failure,
  outputOf,
  runProgram,
  type ExitCode,
  type Io,
  type Output,
  type Style,
} from "./program/index.ts";
export { issueToken, signIn } from "./sign-in.ts";
export type { AgentEvent } from "./run/index.ts";
