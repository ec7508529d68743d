import type { Cache } from "../cache/index.ts";
import type { Clock } from "../clock/index.ts";
import type { Principal } from "./context.ts";
import type { RateLimits } from "./contract.ts";
import { createShareCounts, type Tally } from "./shared-counts.ts";

const windowMs = 60_000;
const maxTracked = 100_000;

export const defaultLimits: RateLimits = {
  anonymous: 6_000,
  anonymousByRate: {},
  standard: 1_000,
  byRole: { admin: 10_000, service: 10_000 },
  byRate: { payouts: 50, changes: 60 },
};

export type Limiter = {
  /** Counts one request. Returns 0 when it may pass, else the seconds to wait. */
  take(key: string, perMinute: number): number;
};

export type LimiterDeps = {
  readonly clock: Pick<Clock, "monotonic" | "now" | "sleep">;
  /** Where replicas tell each other what they counted. */
  readonly cache?: Pick<Cache, "count"> | undefined;
};

/**
 * Counts requests per key in windows of one minute of the clock. In memory and synchronous; all keys start afresh
 * together, in all replicas at the same time.
 */
export const createLimiter = ({ clock, cache }: LimiterDeps): Limiter => {
  const tallies = new Map<string, Tally>();
  const share = cache === undefined ? null : createShareCounts({ cache, clock }, { windowMs });
  let windowEnd = 0;
  let window = 0;
  return {
    take: (key, perMinute) => {
      const now = clock.monotonic();
      if (now >= windowEnd) {
        tallies.clear();
        window = Math.floor(clock.now() / windowMs);
        windowEnd = now + windowMs - (clock.now() % windowMs);
      }
      const tracked = tallies.size < maxTracked || tallies.has(key) ? key : "crowd";
      const tally = tallies.get(tracked) ?? { own: 0, told: 0, others: 0 };
      if (tally.own + tally.others >= perMinute)
        return Math.max(1, Math.ceil((windowEnd - now) / 1000));
      tally.own += 1;
      tallies.set(tracked, tally);
      share?.(`limits/${window}/${tracked}`, tally);
      return 0;
    },
  };
};

/** Requests per minute that a principal has for operations of a rate class. */
export const limitFor = (
  limits: RateLimits,
  principal: Principal,
  rate: string | undefined,
): number => {
  const byRate = rate === undefined ? undefined : limits.byRate[rate];
  if (byRate !== undefined) return byRate;
  return Math.max(limits.standard, ...principal.roles.map((role) => limits.byRole[role] ?? 0));
};
