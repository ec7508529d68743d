import { readFile, rm, writeFile } from "node:fs/promises";
import type { Clock } from "@lucid/platform/clock";

/** Programs of a killed demo end by themselves within seconds; a pid that stays longer belongs to somebody else. */
const PATIENCE_MS = 12_000;

export type Leftovers = {
  /** Waits until what an earlier, killed demo started has ended; answers whether there was anything. */
  waitForEarlier(): Promise<boolean>;
  record(pid: number): Promise<void>;
  /** After a clean end nothing is left over. */
  forget(): Promise<void>;
};

export const createLeftovers = (path: string, clock: Clock): Leftovers => {
  const pids = new Set<number>();
  return {
    async waitForEarlier() {
      const earlier = (await readPids(path)).filter(isAlive);
      const untilMs = clock.monotonic() + PATIENCE_MS;
      while (earlier.some(isAlive) && clock.monotonic() < untilMs) await clock.sleep(100);
      return earlier.length > 0;
    },
    async record(pid) {
      pids.add(pid);
      await writeFile(path, `${[...pids].join("\n")}\n`);
    },
    forget: () => rm(path, { force: true }),
  };
};

const readPids = async (path: string): Promise<number[]> => {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .split("\n")
    .map(Number)
    .filter((pid) => Number.isSafeInteger(pid) && pid > 1);
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // ESRCH, or a stranger's process
  }
};
