export { describeAlarm, type AlarmKind, type LogAlarm } from "./alarm.ts";
export { openLogFiles, type LogFiles } from "./files.ts";
export { openLogMemory, type LogMemory, type Raised } from "./memory.ts";
