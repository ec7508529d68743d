import type { ServerClock } from "./server-clock.ts";

/** An answer and the monotonic moment as of which it is true. */
export type Reading<T> = { readonly value: T; readonly takenAt: number };

type Times = { readonly server_time?: unknown; readonly as_of?: unknown };

/** Teaches the clock from `server_time`, and dates the answer by its `as_of` where it has one. */
export const takeReading = <T>(
  clock: ServerClock,
  value: T,
  sentAt: number,
  receivedAt: number,
): Reading<T> => {
  const { server_time, as_of } = timesOf(value);
  const serverMs = timeOf(server_time);
  if (serverMs !== null) clock.learn(serverMs, sentAt, receivedAt);
  const asOfMs = timeOf(as_of);
  const nowMs = clock.at(receivedAt);
  const ageMs = asOfMs === null || nowMs === null ? 0 : Math.max(0, nowMs - asOfMs);
  return { value, takenAt: receivedAt - ageMs };
};

const timesOf = (value: unknown): Times =>
  typeof value === "object" && value !== null ? value : {};

const timeOf = (value: unknown): number | null => {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
};
