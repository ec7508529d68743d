export { createLog, logLevels, type Log, type LogLevel, type LogOptions } from "./log.ts";
