import { SourceError } from "../source.ts";
import type { Source, SourceErrorCode } from "../source.ts";

/** How often a file is asked for, and how long after the first failure; after each further one twice as long. */
export type Persistence = { attempts: number; pauseMs: number };

const PASSING: readonly SourceErrorCode[] = ["source.unreachable", "source.busy"];

/** A source that asks again when nobody answered or the other side was busy. */
export function persistent({ attempts, pauseMs }: Persistence, source: Source): Source {
  return {
    name: source.name,
    async read(path, options = {}) {
      for (let failed = 1; ; failed++) {
        try {
          return await source.read(path, options);
        } catch (error) {
          const isPassing = error instanceof SourceError && PASSING.includes(error.code);
          if (!isPassing || failed >= attempts) throw error;
          await pause(pauseMs * 2 ** (failed - 1), options.signal);
        }
      }
    },
  };
}

function pause(durationMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      if (signal?.aborted === true) reject(signal.reason as Error);
      else resolve();
    };
    const timer = setTimeout(end, durationMs);
    signal?.addEventListener("abort", end);
    if (signal?.aborted === true) end();
  });
}
