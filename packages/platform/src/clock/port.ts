/** Time as the parts see it: slots and epochs from `now`, waiting and leases from `monotonic`. */
export type Clock = {
  /** Wall-clock time in ms since 1970; may jump either way. */
  now(): number;
  /** Ms since some moment in the past; never goes back. */
  monotonic(): number;
  /** Resolves after `ms` of monotonic time, or as soon as the signal is aborted; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export type TestClock = Clock & {
  /** Moves both times forward by `ms`, waking sleepers one by one in order and letting each do its work. */
  advance(ms: number): Promise<void>;
  /** Moves wall-clock time only, as an operator or NTP would; sleepers go on waiting. */
  set(nowMs: number): void;
};
