import { SourceError } from "../source.ts";

/** How slow a file may be. */
export type Pace = {
  /** until its first byte, between any two pieces, and as a reserve for the rest */
  timeoutMs: number;
  minBytesPerSecond: number;
};

/** Aborts `signal` with `source.slow` when a file falls behind its pace. */
export type Patience = {
  readonly signal: AbortSignal;
  /** Tells how many bytes have arrived in all, which buys time for the next ones. */
  grant(received: number): void;
  end(): void;
};

/**
 * A deadline that moves with what has arrived: `timeoutMs`, and a second more for every `minBytesPerSecond`; but no
 * pause is longer than `timeoutMs`, whatever arrived before.
 */
export function createPatience({ timeoutMs, minBytesPerSecond }: Pace, path: string): Patience {
  const startMs = performance.now();
  const controller = new AbortController();
  const giveUp = () => controller.abort(tooSlow(path, minBytesPerSecond));
  let timer = setTimeout(giveUp, timeoutMs);

  return {
    signal: controller.signal,
    grant(received) {
      const allowedMs = timeoutMs + (1000 * received) / minBytesPerSecond;
      clearTimeout(timer);
      timer = setTimeout(giveUp, Math.min(timeoutMs, startMs + allowedMs - performance.now()));
    },
    end: () => clearTimeout(timer),
  };
}

function tooSlow(path: string, minBytesPerSecond: number): SourceError {
  const message = `${path} does not arrive at ${minBytesPerSecond} bytes a second: try again, or another mirror`;
  return new SourceError("source.slow", path, message);
}
