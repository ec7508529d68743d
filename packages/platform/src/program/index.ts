export { type ExitCodes, exitCodeIn } from "./exit-code.ts";
