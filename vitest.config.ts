import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** What Node has compiled once, neither vitest's workers nor the programs that tests start compile again. */
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "node_modules/.cache/compiled");

const browser = "test/browser/**/*.test.ts";
const networks = "test/**/*.test.ts";
/** They hold replicas to their times: none is deaf for half a slot, none is replaced too late. */
const timed = ["test/replicas/**/*.test.ts", "test/deploy/rolling.test.ts"];
const packages = ["packages/*/src/**/*.test.ts", "packages/*/src/**/*.test.tsx"];

export default defineConfig({
  test: {
    // Far more than it takes, for a machine that does other things.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    // What is tested is given clock, store and chain and keeps nothing in the process: one loads it for many files.
    isolate: false,
    // Whole networks wait for their slots more than they compute, also on two cores.
    maxWorkers: Math.max(4, availableParallelism()),
    projects: [
      {
        extends: true,
        test: { name: "networks", include: [networks], exclude: [browser, ...timed] },
      },
      { extends: true, test: { name: "packages", include: packages } },
      {
        extends: true,
        test: {
          name: "browser",
          include: [browser],
          globalSetup: "test/browser/build-console.ts",
          // After the others: one browser keeps two cores busy by itself.
          maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: "timed", include: timed, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
