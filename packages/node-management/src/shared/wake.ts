import type { Chores } from "@lucid/platform/chores";
import type { Log } from "@lucid/platform/log";

export type WakeDeps = {
  readonly chores: Pick<Chores, "runNow">;
  readonly log: Pick<Log, "debug">;
};

/** Runs a chore now instead of with its next turn, and waits for nothing. */
export const createWake =
  ({ chores, log }: WakeDeps) =>
  (name: string): void => {
    chores.runNow(name).catch((error: unknown) => {
      log.debug({ err: error, chore: name }, "not woken; it runs with its next turn");
    });
  };
