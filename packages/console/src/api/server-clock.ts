/** The service's time of day, carried on by a clock that never jumps. All values in milliseconds. */
export type ServerClock = {
  /** Learns from an answer: the service's time in it, and when (monotonic) it was asked for and received. */
  learn(serverMs: number, sentAt: number, receivedAt: number): void;
  /** The service's Unix time at a monotonic moment; null before the first answer. */
  at(monotonicMs: number): number | null;
};

/** Takes half the round trip as the way back, as NTP does for a symmetric path. */
export const createServerClock = (): ServerClock => {
  let aheadMs: number | null = null;
  return {
    learn: (serverMs, sentAt, receivedAt) => {
      aheadMs = serverMs + (receivedAt - sentAt) / 2 - receivedAt;
    },
    at: (monotonicMs) => (aheadMs === null ? null : monotonicMs + aheadMs),
  };
};
