import type { Clock } from "@lucid/platform/clock";
import type { DeskDocument } from "./desk.ts";

/** When due owners are looked for: at start, once a period, and when asked. */
export type Schedule = {
  /** Whether this run is to look; asking again from now on is for the run after it. */
  begin(): boolean;
  /** After a look; `isMoreDue` has the next run look again. */
  end(isMoreDue: boolean): void;
  request(): void;
};

export const createSchedule = (clock: Pick<Clock, "monotonic">, periodMs: number): Schedule => {
  let isAsked = true;
  let lookedAt: number | null = null;
  return {
    begin: () => {
      const isOver = lookedAt === null || clock.monotonic() - lookedAt >= periodMs;
      const wantsNew = isAsked || isOver;
      isAsked = false;
      return wantsNew;
    },
    end: (isMoreDue) => {
      lookedAt = clock.monotonic();
      isAsked ||= isMoreDue;
    },
    request: () => {
      isAsked = true;
    },
  };
};

export type Looks = { readonly lastRunMs: number | null; readonly nextRunMs: number | null };

/** Wall-clock ms of the last look for due owners and of the next one, by what the payer said. */
export const deskToLooks = (
  { looked_at, is_more_due, asked, answered }: DeskDocument,
  { periodMs, nowMs }: { readonly periodMs: number; readonly nowMs: number },
): Looks => {
  const isDue = looked_at === null || is_more_due || asked > answered;
  return { lastRunMs: looked_at, nextRunMs: isDue ? nowMs : looked_at + periodMs };
};
