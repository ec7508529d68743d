export type ClockWatch = {
  /**
   * Compares a server time with our clock around the request that brought it.
   * @returns the skew in ms (positive: our clock is ahead) when it is worth a new warning, otherwise null
   */
  observe(serverTimeMs: number, sentAtMs: number, receivedAtMs: number): number | null;
};

/** Warns once when the clocks are further apart than the grace bears, and again when it got twice as bad. */
export const createClockWatch = (graceMs: number): ClockWatch => {
  let warnedAboutMs = 0;
  return {
    observe(serverTimeMs, sentAtMs, receivedAtMs) {
      // The server read its clock somewhere between sending and receiving.
      const skewMs =
        serverTimeMs < sentAtMs
          ? sentAtMs - serverTimeMs
          : Math.min(0, receivedAtMs - serverTimeMs);
      const size = Math.abs(skewMs);
      if (size <= graceMs / 2) {
        warnedAboutMs = 0;
        return null;
      }
      if (warnedAboutMs > 0 && size < 2 * warnedAboutMs) return null;
      warnedAboutMs = size;
      return skewMs;
    },
  };
};
