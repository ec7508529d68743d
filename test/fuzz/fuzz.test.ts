import { describe, expect, it } from "vitest";
import { fuzz, worlds } from "./run.ts";

/** A few requests of each operation, always the same ones; `npm run faults -- fuzz` sends thousands of others. */
const runs = 5;

describe.each(Object.entries(worlds))("%s", (_, open) => {
  it(
    "answers whatever is sent to it, names what is wrong, and keeps its books whole",
    { timeout: 120_000 },
    async () => {
      await using world = await open();
      const report = await fuzz(world, { runs, seed: 1 });
      expect(report.findings).toEqual([]);
      expect(Object.keys(report.statuses)).toEqual(expect.arrayContaining(["200", "422"]));
    },
  );
});
