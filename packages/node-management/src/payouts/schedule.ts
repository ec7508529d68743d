import type { Clock } from "@lucid/platform/clock";

/** When due owners are looked for: at start, once a period, and when asked. */
export type Schedule = {
  /** Whether this run is to look; asking again from now on is for the run after it. */
  begin(): boolean;
  /** After a look; `isMoreDue` has the next run look again. */
  end(isMoreDue: boolean): void;
  request(): void;
  status(): { readonly lastRunMs: number | null; readonly nextRunMs: number | null };
};

export const createSchedule = (
  clock: Pick<Clock, "now" | "monotonic">,
  periodMs: number,
): Schedule => {
  let isAsked = true;
  let lookedAt: { wallMs: number; monotonicMs: number } | null = null;
  return {
    begin: () => {
      const isOver = lookedAt === null || clock.monotonic() - lookedAt.monotonicMs >= periodMs;
      const wantsNew = isAsked || isOver;
      isAsked = false;
      return wantsNew;
    },
    end: (isMoreDue) => {
      lookedAt = { wallMs: clock.now(), monotonicMs: clock.monotonic() };
      isAsked ||= isMoreDue;
    },
    request: () => {
      isAsked = true;
    },
    status: () => ({
      lastRunMs: lookedAt?.wallMs ?? null,
      nextRunMs: lookedAt === null || isAsked ? clock.now() : lookedAt.wallMs + periodMs,
    }),
  };
};
