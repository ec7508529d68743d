import { serverClock, useOperation } from "../api/service.ts";
import { useSeconds } from "../api/ticker.ts";
import { formatSpan } from "../format/time.ts";
import type { Network } from "../model/epoch-clock.ts";
import { Since } from "./age.tsx";

const words = {
  running: "running",
  waiting: "waiting",
  paused: "paused",
  stopped: "stopped",
  not_configured: "not set up",
} as const;

/** Whether payouts run, why not, and when the next run is. */
export const PayoutSchedule = ({ payouts }: Pick<Network, "payouts">) => {
  const schedule = useOperation("getPayoutSchedule", {}).data?.value;
  const lastRun = schedule?.last_run_at ?? null;
  const nextRun = schedule?.next_run_at ?? null;
  return (
    <>
      {words[payouts.state]}
      {payouts.reason !== null && <> · {payouts.reason}</>}
      {lastRun !== null && (
        <>
          {" "}
          · last run <Since at={lastRun} />
        </>
      )}
      {nextRun !== null && <NextRun at={nextRun} />}
    </>
  );
};

const NextRun = ({ at }: { at: string }) => {
  const nowMs = serverClock.at(useSeconds());
  const inMs = nowMs === null ? null : Date.parse(at) - nowMs;
  if (inMs === null) return null;
  return <> · next {inMs <= 0 ? "is due" : `in ${formatSpan(inMs)}`}</>;
};
