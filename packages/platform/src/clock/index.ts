export type { Clock, TestClock } from "./port.ts";
export { systemClock } from "./system.ts";
export { createTestClock, type TestClockOptions } from "./test-clock.ts";
