import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** What Node has compiled once, neither vitest's workers nor the programs that tests start compile again. */
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "node_modules/.cache/compiled");

const browser = "test/browser/**/*.test.ts";

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Whole networks wait for their slots more than they compute, also on two cores.
    maxWorkers: 4,
    // One after the other, by name: the longest files are among the first.
    projects: [
      {
        extends: true,
        test: {
          name: "browser",
          include: [browser],
          globalSetup: "test/browser/build-console.ts",
        },
      },
      {
        extends: true,
        test: { name: "networks", include: ["test/**/*.test.ts"], exclude: [browser] },
      },
      {
        extends: true,
        test: {
          name: "packages",
          include: ["packages/*/src/**/*.test.ts", "packages/*/src/**/*.test.tsx"],
          // What they test is given clock, store and chain and keeps nothing in the process, so one serves many files.
          isolate: false,
        },
      },
    ],
  },
});
