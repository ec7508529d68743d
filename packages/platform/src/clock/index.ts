export type { Clock, TestClock } from "./port.ts";
export { systemClock } from "./system.ts";
export { createTestClock } from "./test-clock.ts";
