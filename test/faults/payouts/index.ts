import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Batch, type Outcome, playBatch } from "./batch.ts";
import type { Finding } from "./check.ts";
import { exploreSchedules } from "./explore.ts";
import { playSchedule } from "./play.ts";
import { type Plot, PLOTS, type Schedule, scheduleToId } from "./schedule.ts";
import { openStage } from "./stage.ts";
import type { Engine } from "./store.ts";

export { parseSchedule, type Schedule, scheduleToId } from "./schedule.ts";
export type { Outcome } from "./batch.ts";
export type { Engine } from "./store.ts";

/** The report, in the order and with the names that it is asked for. */
export type PayoutsReport = {
  readonly schedules: number;
  readonly pairs: number;
  readonly paid_twice: number;
  readonly lost: number;
  readonly stuck_without_a_name: number;
  readonly ledger_broken: number;
  readonly seconds: number;
};

export type PayoutsOptions = {
  readonly schedules: number;
  readonly seed: number;
  /** 0 plays all in this thread. */
  readonly workers?: number;
  readonly engine?: Engine;
  readonly tell: (line: string) => void;
};

/**
 * Takes a payer through due owners to confirmation, once for each schedule of faults, and looks whether anybody was paid
 * twice or not at all. Deterministic: a schedule's id plays it again.
 */
export const provePayouts = async ({
  schedules,
  seed,
  engine = "sqlite",
  workers = Math.min(2, availableParallelism()),
  tell,
}: PayoutsOptions): Promise<PayoutsReport> => {
  const startedMs = performance.now();
  const parts = [];
  for (const [position, plot] of PLOTS.entries()) {
    const share = Math.floor((schedules + position) / PLOTS.length);
    parts.push(exploreSchedules(await readCourse(plot), { plot, schedules: share, seed }));
  }
  const singles = parts.flatMap((part) => part.singles);
  const pairs = parts.flatMap((part) => part.pairs);
  const tally = createTally(tell);
  tell(`plays ${schedules} schedules, one after the other in each of ${workers || 1} threads`);
  await playAll({ schedules: [...singles, ...pairs], engine }, workers, tally.count);
  tally.tellWaits();
  return {
    schedules: singles.length + pairs.length,
    pairs: pairs.length,
    ...tally.found(),
    seconds: Math.round((performance.now() - startedMs) / 100) / 10,
  };
};

/** One schedule again, with all that is known of it. */
export const replaySchedule = async (
  schedule: Schedule,
  engine: Engine = "sqlite",
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  await playBatch({ schedules: [schedule], engine }, (outcome) => outcomes.push(outcome));
  return outcomes;
};

const readCourse = async (plot: Plot) => {
  await using stage = await openStage(plot);
  return playSchedule(stage, { plot, steps: [] });
};

const playAll = async (
  { schedules, engine }: Batch,
  workers: number,
  count: (outcome: Outcome) => void,
): Promise<void> => {
  if (workers === 0) return playBatch({ schedules, engine }, count);
  const parts = Array.from({ length: workers }, (_, worker) =>
    schedules.filter((_schedule, position) => position % workers === worker),
  );
  await Promise.all(parts.map((part) => playInThread({ schedules: part, engine }, count)));
};

/** Rejects when the thread ends before every schedule was told of, as it does when one waits for ever. */
const playInThread = (part: Batch, count: (outcome: Outcome) => void) =>
  new Promise<void>((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: part });
    let told = 0;
    worker
      .on("message", (outcome: Outcome) => {
        told += 1;
        count(outcome);
      })
      .on("error", reject)
      .on("exit", (code) => {
        const next = part.schedules[told];
        if (next === undefined) resolve();
        else reject(new Error(`the player ended with ${code} in --schedule ${scheduleToId(next)}`));
      });
  });

const KINDS = ["paid_twice", "lost", "stuck_without_a_name", "ledger_broken"] as const;
const SHOWN = 20;
/** Schedules between two signs of life. */
const TOLD_EVERY = 100;

/** Counts schedules by what was found in them, tells the first ones, and what payouts waited for in the end. */
const createTally = (tell: (line: string) => void) => {
  const counts = new Map<Finding["kind"], number>();
  const waits = new Map<string, { times: number; id: string }>();
  let shown = 0;
  let played = 0;
  return {
    count: ({ id, findings, waits: waiting }: Outcome): void => {
      played += 1;
      if (played % TOLD_EVERY === 0) tell(`${played} schedules`);
      for (const kind of new Set(findings.map((finding) => finding.kind)))
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      if (findings.length > 0 && shown++ < SHOWN)
        for (const { kind, words } of findings) tell(`${kind}: --schedule ${id}: ${words}`);
      for (const wait of waiting) {
        const name = wait.replaceAll(/[A-Za-z0-9_]{30,}|[0-9][0-9.:TZ-]*/g, "…");
        waits.set(name, { id, times: (waits.get(name)?.times ?? 0) + 1 });
      }
    },
    found: () =>
      Object.fromEntries(KINDS.map((kind) => [kind, counts.get(kind) ?? 0])) as Record<
        Finding["kind"],
        number
      >,
    tellWaits: (): void => {
      const most = [...waits].toSorted((a, b) => b[1].times - a[1].times).slice(0, SHOWN);
      for (const [wait, { times, id }] of most)
        tell(`${times} times in the end, as in ${id}: ${wait}`);
    },
  };
};
