import type { ResponseOf, Routes } from "@lucid/api";

type Schedule = ResponseOf<Routes["getPayoutSchedule"]>;

/** Whether this network pays, when it does next, or why it does not. */
export const describeSchedule = ({
  state,
  reason,
  next_run_at,
}: Pick<Schedule, "state" | "reason" | "next_run_at">): string =>
  [
    `payouts are ${stateToWords(state, reason)}`,
    ...(state !== "running" || next_run_at === null ? [] : [`next run ${next_run_at}`]),
  ].join("; ");

const stateToWords = (state: string, reason: string | null): string =>
  `${state.replaceAll("_", " ")}${reason === null ? "" : `: ${reason}`}`;
