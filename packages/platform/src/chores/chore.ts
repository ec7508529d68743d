import type { Clock } from "../clock/index.ts";
import type { ChoreDefinition, ChoreStatus } from "./port.ts";
import { createRecord, type Observer } from "./record.ts";
import { runOnce } from "./run.ts";
import { createSchedule } from "./schedule.ts";
import type { Tenure } from "./tenure.ts";

export type Chore = {
  /** Runs when due until `stop` is aborted; never rejects. */
  live(stop: AbortSignal): Promise<void>;
  runNow(): Promise<void>;
  status(): ChoreStatus;
};

type Deps = { clock: Clock; random: () => number; tenure: Tenure | null; observer: Observer };

export function createChore(
  { clock, random, tenure, observer }: Deps,
  definition: ChoreDefinition,
): Chore {
  const record = createRecord(clock, observer, definition.name);
  const schedule = createSchedule({ clock, random, record }, definition);
  let asked: (() => void)[] = [];
  let wake = new AbortController();
  tenure?.onLost(waitWithout);

  return {
    live: async (stop) => {
      record.become("idle");
      while (!stop.aborted) {
        await orRecord(() => pause(stop), stop);
        if (!stop.aborted) await attempt(stop);
      }
      await orRecord(async () => tenure?.release(), stop);
      record.become("stopped");
      takeAsked().forEach((answer) => answer());
    },
    runNow: () =>
      new Promise((resolve) => {
        asked.push(resolve);
        wake.abort();
      }),
    status: () => {
      const isWaiting = record.status.state === "idle" || record.status.state === "waiting";
      return { ...record.status, nextRunMs: isWaiting ? schedule.nextRunMs : null };
    },
  };

  async function pause(stop: AbortSignal): Promise<void> {
    wake = new AbortController();
    if (asked.length === 0) await schedule.wait(AbortSignal.any([stop, wake.signal]));
  }

  async function attempt(stop: AbortSignal): Promise<void> {
    const answers = takeAsked();
    record.begin();
    await orRecord(async () => {
      const lease = tenure === null ? null : await tenure.take();
      if (tenure !== null && lease === null) return record.become("waiting");
      record.become("running");
      return runOnce({ clock, record }, definition, { lease, stop });
    }, stop);
    record.end();
    waitWithout();
    answers.forEach((answer) => answer());
  }

  /** Whoever has lost the lease looks out for it from now on, however long until the next run. */
  function waitWithout(): void {
    const isIdle = record.status.state === "idle";
    if (isIdle && tenure !== null && !tenure.isHeld()) record.become("waiting");
  }

  function takeAsked(): (() => void)[] {
    const answers = asked;
    asked = [];
    return answers;
  }

  /** What fails around a run (the lease, `due`) counts as a failure of the chore, and is not tried again at once. */
  async function orRecord(step: () => Promise<void>, stop: AbortSignal): Promise<void> {
    try {
      await step();
    } catch (error) {
      record.fail(error);
      await clock.sleep(1000, stop);
    }
  }
}
