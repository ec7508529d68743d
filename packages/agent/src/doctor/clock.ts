import { failed, fine, type Finding, unknown, warning } from "@lucid/platform/checks";
import type { Clock } from "@lucid/platform/clock";

/** From here on beacons begin to be late, and a payer's transfers to be refused. */
const MOST_APART_MS = 60_000;
const WORTH_A_WORD_MS = 2000;
const FIX = "set the clock: timedatectl set-ntp true";
const ASK_SYSTEM = "timedatectl says whether it is synchronized";

/** Whose answers tell the time, and how they are fetched. */
export type TimeSource = { readonly name: string; readonly url: string };

export type HttpClockDeps = {
  readonly clock: Pick<Clock, "now">;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
};

/** Compares this machine's clock with the HTTP Date (RFC 9110, section 6.6.1) of others' answers. */
export const checkClock = async (
  deps: HttpClockDeps,
  sources: readonly TimeSource[],
): Promise<Finding> => {
  if (sources.length === 0) return unknown("there is nobody to compare it with", ASK_SYSTEM);
  const seen = await Promise.all(sources.map((source) => readSkew(deps, source)));
  const heard = seen.filter((one) => one !== null);
  if (heard.length === 0)
    return unknown(`no answer from ${sources.map(({ name }) => name).join(" or ")}`, ASK_SYSTEM);
  const { name, skewMs } = heard.reduce((a, b) =>
    Math.abs(a.skewMs) >= Math.abs(b.skewMs) ? a : b,
  );
  if (Math.abs(skewMs) <= WORTH_A_WORD_MS)
    return fine(`agrees with ${heard.map((one) => one.name).join(", ")} to the second`);
  const words = `${(Math.abs(skewMs) / 1000).toFixed(1)} s ${skewMs > 0 ? "ahead of" : "behind"} ${name}`;
  return Math.abs(skewMs) > MOST_APART_MS ? failed(words, FIX) : warning(words, FIX);
};

type Skew = { readonly name: string; readonly skewMs: number };

/** Null when there was no answer with a date. A date counts whole seconds, so up to one may have passed since. */
const readSkew = async (
  { clock, fetch, signal }: HttpClockDeps,
  { name, url }: TimeSource,
): Promise<Skew | null> => {
  const sentMs = clock.now();
  const response = await fetch(url, { method: "HEAD", signal }).catch(() => null);
  const dateMs = Date.parse(response?.headers.get("date") ?? "");
  if (Number.isNaN(dateMs)) return null;
  return { name, skewMs: skewOf(dateMs, sentMs, clock.now()) };
};

/** How far our clock is from one that showed `dateMs` at some moment in between; positive when ours is ahead. */
export const skewOf = (dateMs: number, sentMs: number, receivedMs: number): number => {
  if (sentMs > dateMs + 1000) return sentMs - (dateMs + 1000);
  return Math.min(0, receivedMs - dateMs);
};
