import type { Finding } from "./check.ts";
import { playSchedule } from "./play.ts";
import { type Plot, type Schedule, scheduleToId } from "./schedule.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Engine } from "./store.ts";

/** What became of one schedule. */
export type Outcome = {
  readonly id: string;
  readonly findings: readonly Finding[];
  readonly waits: readonly string[];
};

export type Batch = { readonly schedules: readonly Schedule[]; readonly engine: Engine };

/** Plays schedules one after the other, each plot on one stage; a fault of the player itself is a finding too. */
export const playBatch = async (
  { schedules, engine }: Batch,
  tell: (outcome: Outcome) => void,
): Promise<void> => {
  await using stack = new AsyncDisposableStack();
  const stages = new Map<Plot, Stage>();
  for (const schedule of schedules) {
    const id = scheduleToId(schedule);
    const { plot } = schedule;
    const stage = stages.get(plot) ?? stack.use(await openStage(plot, engine));
    stages.set(plot, stage);
    try {
      const { findings, waits } = await playSchedule(stage, schedule);
      tell({ id, findings, waits });
    } catch (error) {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      tell({ id, findings: [{ kind: "stuck_without_a_name", words }], waits: [] });
    }
  }
};
