export { copyLog, type CopiedLog } from "./copy-log.ts";
