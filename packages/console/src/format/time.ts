const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in the largest unit that says enough: `now`, `3 s ago`, `4 min ago`, `2 h ago`, `9 d ago`. */
export const formatAge = (ms: number): string => {
  if (ms < SECOND) return "now";
  return `${largestUnit(ms)} ago`;
};

const largestUnit = (ms: number): string => {
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
};

/** A span in two units: `1 h 59 min`, `1 min 20 s`, `12 s`; under ten seconds with tenths. */
export const formatSpan = (ms: number): string => {
  const rest = Math.max(0, ms);
  if (rest < 10 * SECOND) return `${(Math.floor(rest / 100) / 10).toFixed(1)} s`;
  if (rest < MINUTE) return `${Math.floor(rest / SECOND)} s`;
  if (rest < HOUR) return twoUnits(rest, MINUTE, "min", SECOND, "s");
  if (rest < DAY) return twoUnits(rest, HOUR, "h", MINUTE, "min");
  return twoUnits(rest, DAY, "d", HOUR, "h");
};

/** The length of something fixed, without needless tenths: `2 s`, `0.5 s`, `30 s`, `1 d`. */
export const formatLength = (ms: number): string => formatSpan(ms).replace(/\.0 s$/, " s");

const twoUnits = (ms: number, big: number, bigName: string, small: number, smallName: string) => {
  const many = Math.floor(ms / big);
  const few = Math.floor((ms % big) / small);
  return few === 0 ? `${many} ${bigName}` : `${many} ${bigName} ${few} ${smallName}`;
};

/** `14:02:10`, in UTC like slots and epochs. */
export const formatClock = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

/** `2026-11-21`, in UTC. */
const formatDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** `2026-11-21 14:02:10 UTC`. */
export const formatMoment = (ms: number): string => `${formatDay(ms)} ${formatClock(ms)} UTC`;
