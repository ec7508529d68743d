import { serverClock } from "../api/service.ts";
import { useSeconds } from "../api/ticker.ts";
import { formatAge, formatMoment } from "../format/time.ts";

/** Older than this, a figure has missed its regular reading. */
const STALE_MS = 45_000;

/** How old a reading is; `takenAt` is monotonic. */
export const Age = ({ takenAt }: { takenAt: number }) => {
  const ageMs = Math.max(0, useSeconds() - takenAt);
  return <span className={ageMs > STALE_MS ? "age stale" : "age"}>{formatAge(ageMs)}</span>;
};

/** How long ago a moment was by the service's clock; the moment itself on hover. */
export const Since = ({ at }: { at: string }) => {
  const nowMs = serverClock.at(useSeconds());
  const moment = formatMoment(Date.parse(at));
  return (
    <time dateTime={at} title={moment}>
      {nowMs === null ? moment : formatAge(Math.max(0, nowMs - Date.parse(at)))}
    </time>
  );
};

/** A day and a time of day. */
export const Moment = ({ at }: { at: string }) => (
  <time dateTime={at}>
    {formatMoment(Date.parse(at)).replace(" UTC", "")}
    <span className="unit"> UTC</span>
  </time>
);
