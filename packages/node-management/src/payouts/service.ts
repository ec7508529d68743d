import type { NetworkEvent } from "@lucid/api";
import type { Events } from "@lucid/platform/events";
import type { Documents } from "@lucid/platform/documents";
import type { Metrics } from "@lucid/platform/metrics";
import type { ChainPort } from "@lucid/tron";
import type {
  Payer,
  PayerContext,
  Payouts,
  PayoutsOptions,
  PayoutsState,
  Shut,
} from "./contract.ts";
import { readAvailable, type Short } from "./cover.ts";
import { payoutDayCollection } from "./days.ts";
import { decide } from "./decide.ts";
import { createDesk } from "./desk.ts";
import { payoutCollection } from "./documents.ts";
import { explainWait } from "./explain-wait.ts";
import { createIdlePayer } from "./idle.ts";
import { createPause, pauseToShut } from "./pause.ts";
import { readPlan } from "./plan.ts";
import { createReaders } from "./readers.ts";
import { runPayouts } from "./run.ts";
import { createSchedule, deskToLooks } from "./schedule.ts";
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
  const payouts = deps.documents.collection(payoutCollection);
  const days = deps.documents.collection(payoutDayCollection);
  const thresholds = deps.documents.collection(thresholdCollection);
  const readers = {
    ...createReaders(payouts, days),
    threshold: (ownerId: string) => readThreshold(thresholds, ownerId),
    setThreshold: (ownerId: string, thresholdMicro: bigint) =>
      setThreshold(thresholds, ownerId, { thresholdMicro, atMs: deps.clock.now() }),
  };
  const record = createRecorder(deps, readers);
  const { payer, clock } = deps;

  if ("notConfigured" in payer) return { ...readers, ...createIdlePayer(payer.notConfigured) };

  const schedule = createSchedule(clock, options.periodMs);
  const memory = { sentAt: new Map<string, number>(), verified: new Set<ChainPort>() };
  const pause = createPause(deps);
  const desk = createDesk(deps);
  const looks = () => deskToLooks(desk.known(), { ...options, nowMs: clock.now() });
  const state = (): PayoutsState => desk.known().shut ?? { state: "running", reason: null };
  let shut: Shut | null = null;
  let short: Short | null = null;
  let isFirst = true;
  deps.events.subscribe((event) => {
    if (event.type === "epoch" && event.state === "closed") schedule.request();
  });

  return {
    ...readers,
    run: async (signal, { token }) => {
      const startedMs = clock.monotonic();
      await desk.follow();
      const { asked, answered } = desk.known();
      if (asked > answered) schedule.request();
      const isScheduled = schedule.begin();
      const context: PayerContext = {
        ...deps,
        payer,
        payouts,
        days,
        thresholds,
        options,
        ...memory,
        pause,
        fence: token,
      };
      const wantsNew = isScheduled || (short !== null && (await isTopped(context, short)));
      let isMoreDue = wantsNew;
      try {
        const isShut = isFirst || shut !== null;
        const outcome = await runPayouts(context, { wantsNew, isShut, signal });
        ({ shut, isMoreDue } = outcome);
        if (outcome.short !== undefined) short = outcome.short;
        isFirst = false;
      } catch (error) {
        const broken = error instanceof Error ? error.message : String(error);
        shut = { state: "waiting", reason: `the last run broke off: ${broken}` };
        throw error;
      } finally {
        if (wantsNew) schedule.end(isMoreDue);
        const { looked_at, is_more_due } = desk.known();
        await desk.tell({
          fence: token,
          answered: wantsNew ? asked : answered,
          looked_at: wantsNew ? clock.now() : looked_at,
          is_more_due: wantsNew ? isMoreDue : is_more_due,
          shut: shut ?? short?.shut ?? null,
        });
      }
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
    decide: (request) => decide({ ...deps, payouts }, request),
    plan: () => readPlan({ ...deps, payer, payouts, days, thresholds }),
    solvency: () => readSolvency({ ...deps, payer, payouts }),
    schedule: looks,
    explainWait: (owner) =>
      explainWait({ ...deps, payouts, days, thresholds }, owner, {
        state: state(),
        looks: looks(),
        followMs: options.followMs,
      }),
  };
};

/** Whether the wallet has by now what was missing when due owners were last looked for. */
const isTopped = async (context: PayerContext, { neededMicro }: Short): Promise<boolean> => {
  const available = await readAvailable(context);
  return available.ok && available.value.micro >= neededMicro;
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
