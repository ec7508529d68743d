/** The furthest moment that a date can name (ECMA-262, time values). */
const FURTHEST_MS = 8.64e15;

/** Unix ms as the API says it, ISO-8601 UTC. What lies beyond all dates, as a made-up slot may, is the furthest one. */
export const toIso = (ms: number): string =>
  new Date(Math.max(-FURTHEST_MS, Math.min(ms, FURTHEST_MS))).toISOString();
