import { StoreError } from "../store/index.ts";
import type { Scrub } from "./scrub.ts";

/** Files whose reading has shown damage, looked at out of turn. */
export type Mending = {
  /** Hears every error of a read; only those that name a file count. */
  note(error: unknown): void;
  /** Looks at what was noted. */
  run(): Promise<void>;
  /** The same work, whose errors are noted. */
  noting(work: (signal: AbortSignal) => Promise<void>): (signal: AbortSignal) => Promise<void>;
};

export function createMending(scrub: Pick<Scrub, "mend">): Mending {
  const noted = new Set<string>();
  const note = (error: unknown): void => {
    if (error instanceof StoreError && error.path !== null) noted.add(error.path);
  };
  return {
    note,
    run: async () => {
      for (const path of noted) {
        noted.delete(path);
        await scrub.mend(path);
      }
    },
    noting: (work) => async (signal) => {
      try {
        await work(signal);
      } catch (error) {
        note(error);
        throw error;
      }
    },
  };
}
