const DAY_MS = 86_400_000;
const days = { week: 7, month: 30, all: null } as const;

export type RangeName = keyof typeof days;

export const rangeNames: readonly (readonly [RangeName, string])[] = [
  ["week", "last 7 days"],
  ["month", "last 30 days"],
  ["all", "from the start"],
];

/** From the start of a UTC day on, so that the question stays the same while the page is open. */
export const rangeQuery = (range: RangeName, nowMs: number): { from?: string } => {
  const back = days[range];
  if (back === null) return {};
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  return { from: new Date(today - (back - 1) * DAY_MS).toISOString() };
};
