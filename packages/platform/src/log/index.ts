export { createLog, logLevels, type Log } from "./log.ts";
