export {
  changeThresholds,
  describeAlert,
  resetThresholds,
  tellThresholds,
  tellWatched,
  type ThresholdOptions,
  withThresholds,
} from "./alerts/index.ts";
export { addNodeCommands, serviceUrl } from "./commands/index.ts";
export { checkClock, checkDisk, checkMemory, checkVersions, showChecks } from "./doctor/index.ts";
export { enrolNode, walletFromKeyFile } from "./enrol/index.ts";
export {
  makePrivateFolder,
  openNodeFolder,
  writeNewSecret,
  type NodeFolder,
} from "./folder/index.ts";
export { describeMaintenance, edge, type SpanOptions, spanToBody } from "./maintenance/index.ts";
export {
  addExamples,
  createProcessIo,
  exitCode,
  exitCodeHelp,
  Failure,
  outputOf,
  runProgram,
  wrap,
  type ExitCode,
  type Io,
  type Output,
  type Style,
} from "./program/index.ts";
export { issueToken, signIn } from "./sign-in.ts";
export type { AgentEvent } from "./run/index.ts";
