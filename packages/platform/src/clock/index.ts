export type { Clock, TestClock } from "./port.ts";
