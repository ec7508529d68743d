import type { ResponseOf, Routes } from "@lucid/api";

type Schedule = ResponseOf<Routes["getPayoutSchedule"]>;

/** Whether this network pays, and when it does next. */
export const describeSchedule = ({
  state,
  reason,
  next_run_at,
}: Pick<Schedule, "state" | "reason" | "next_run_at">): string =>
  [
    `payouts are ${state.replaceAll("_", " ")}${reason === null ? "" : `: ${reason}`}`,
    ...(next_run_at === null ? [] : [`next run ${next_run_at}`]),
  ].join("; ");
