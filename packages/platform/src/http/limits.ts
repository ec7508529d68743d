import type { Clock } from "../clock/index.ts";
import type { Principal } from "./context.ts";
import type { RateLimits } from "./contract.ts";

const windowMs = 60_000;
const maxTracked = 100_000;

export const defaultLimits: RateLimits = {
  anonymous: 6_000,
  anonymousByRate: {},
  standard: 1_000,
  byRole: { admin: 10_000, service: 10_000 },
  byRate: { proofs: 100, payouts: 50 },
};

export type Limiter = {
  /** Counts one request. Returns 0 when it may pass, else the seconds to wait. */
  take(key: string, perMinute: number): number;
};

/** Counts requests per key in windows of one minute. In memory and synchronous; all keys start afresh together. */
export const createLimiter = (clock: Pick<Clock, "monotonic">): Limiter => {
  const counts = new Map<string, number>();
  let windowEnd = 0;
  return {
    take: (key, perMinute) => {
      const now = clock.monotonic();
      if (now >= windowEnd) {
        counts.clear();
        windowEnd = now + windowMs;
      }
      const tracked = counts.size < maxTracked || counts.has(key) ? key : "crowd";
      const used = counts.get(tracked) ?? 0;
      if (used >= perMinute) return Math.max(1, Math.ceil((windowEnd - now) / 1000));
      counts.set(tracked, used + 1);
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
