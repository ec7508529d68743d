export { copyLog, type CopiedLog, type CopyLogOptions } from "./copy-log.ts";
