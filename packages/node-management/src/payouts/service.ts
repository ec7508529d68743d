import type { NetworkEvent } from "@lucid/api";
import type { Events } from "@lucid/platform/events";
import type { Documents } from "@lucid/platform/documents";
import type { Metrics } from "@lucid/platform/metrics";
import type { Payer, PayerContext, Payouts, PayoutsOptions, PayoutsState } from "./contract.ts";
import { payoutDayCollection } from "./days.ts";
import { decide } from "./decide.ts";
import { createDesk } from "./desk.ts";
import { payoutCollection } from "./documents.ts";
import { explainWait } from "./explain-wait.ts";
import { createIdlePayer } from "./idle.ts";
import { createPause, pauseToShut } from "./pause.ts";
import { readPlan } from "./plan.ts";
import { createReaders } from "./readers.ts";
import { createRuns } from "./runs.ts";
import { deskToLooks } from "./schedule.ts";
import { readSolvency } from "./solvency.ts";
import { readThreshold, setThreshold, thresholdCollection } from "./thresholds.ts";

export type PayoutsDeps = Omit<
  PayerContext,
  | "payouts"
  | "days"
  | "thresholds"
  | "payer"
  | "options"
  | "sentAt"
  | "verified"
  | "fence"
  | "signal"
  | "events"
  | "pause"
> & {
  readonly documents: Pick<Documents, "collection">;
  readonly metrics: Pick<Metrics, "counter" | "gauge" | "histogram">;
  readonly events: Pick<Events<NetworkEvent>, "publish" | "subscribe">;
  /** What pays, or why nothing does. */
  readonly payer: Payer | { readonly notConfigured: string };
};

/** Pays owners what the ledger says they are due, each amount once. */
export const createPayouts = (deps: PayoutsDeps, options: PayoutsOptions): Payouts => {
  const { payer, clock } = deps;
  const payouts = deps.documents.collection(payoutCollection);
  const days = deps.documents.collection(payoutDayCollection);
  const thresholds = deps.documents.collection(thresholdCollection);
  const readers = {
    ...createReaders(payouts, days),
    threshold: (ownerId: string) => readThreshold(thresholds, ownerId),
    setThreshold: (ownerId: string, thresholdMicro: bigint) =>
      setThreshold(thresholds, ownerId, { thresholdMicro, atMs: clock.now() }),
  };
  const record = createRecorder(deps, readers);
  if ("notConfigured" in payer) return { ...readers, ...createIdlePayer(payer.notConfigured) };

  const pause = createPause(deps);
  const desk = createDesk(deps);
  const context = { ...deps, payer, payouts, days, thresholds, pause, options };
  const run = createRuns({ ...context, desk });
  const looks = () => deskToLooks(desk.known(), { ...options, nowMs: clock.now() });
  const state = (): PayoutsState => desk.known().shut ?? { state: "running", reason: null };

  return {
    ...readers,
    run: async (signal, lease) => {
      const startedMs = clock.monotonic();
      await run(signal, lease);
      await record((clock.monotonic() - startedMs) / 1000);
    },
    request: async () => {
      await desk.call({ looks: true });
      return true;
    },
    call: () => desk.call({ looks: false }),
    follow: () => desk.follow(),
    state,
    turn: async (change) => {
      const turned = await pause.turn(change);
      const paused = pauseToShut(turned);
      if (paused === null) await desk.call({ looks: true });
      if (paused !== null || desk.known().shut?.state === "paused") desk.assume(paused);
      return turned;
    },
    decide: (request) => decide(context, request),
    plan: () => readPlan(context),
    solvency: () => readSolvency(context),
    schedule: looks,
    explainWait: (owner) =>
      explainWait(context, owner, {
        shut: desk.known().shut,
        looks: looks(),
        followMs: options.followMs,
      }),
  };
};

/** Metrics after every run: how long it took, and how many payouts are in which state. */
const createRecorder = (
  { metrics }: PayoutsDeps,
  { countByState }: Pick<Payouts, "countByState">,
) => {
  const byState = metrics.gauge("lucid_payouts", "Payouts by state", ["state"]);
  const seconds = metrics.histogram("lucid_payout_run_seconds", "How long runs of payouts took");
  return async (tookSeconds: number): Promise<void> => {
    seconds.observe(tookSeconds);
    const counts = await countByState();
    for (const [state, count] of Object.entries(counts)) byState.set({ state }, count);
  };
};
