export { addExamples, type Examples } from "./examples.ts";
export { exitCode, exitCodeHelp, type ExitCode } from "./exit-code.ts";
export { NOT_LUCID } from "./explain.ts";
export { Failure } from "./failure.ts";
export { outputOf, type Io } from "./io.ts";
export { type Output, type Style } from "./output.ts";
export { createProcessIo } from "./process-io.ts";
export { runProgram } from "./run-program.ts";
export { wrap } from "./wrap.ts";
