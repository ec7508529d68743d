/** Runs tasks one after the other, in the order they came. */
export type Queue = {
  run<Result>(task: () => Promise<Result>): Promise<Result>;
  /** Resolves when all that came so far have ended. */
  idle(): Promise<void>;
};

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (task) => {
      const run = last.then(task);
      last = Promise.allSettled([run]);
      return run;
    },
    idle: async () => {
      await last;
    },
  };
}
