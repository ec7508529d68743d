import { createTestClock } from "../clock/index.ts";
import { describeCache } from "./compliance/index.ts";
import { createMemoryCache } from "./memory.ts";

describeCache("memory", async () => {
  const clock = createTestClock(0);
  const cache = createMemoryCache(clock);
  return { open: async () => cache, pass: (ms) => clock.advance(ms) };
});
