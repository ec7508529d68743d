/**
 * Work that is done in rounds, one at a time: the answer is the end of a round that began after the call, so that
 * everybody who asks while one is running shares the next.
 */
export const createRounds = (round: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const begin = (): Promise<void> => {
    running = round().finally(() => {
      running = null;
    });
    return running;
  };
  const afterRunning = async (): Promise<void> => {
    await running?.catch(() => null); // whoever asked for it hears of it
    next = null;
    return begin();
  };
  return () => (running === null && next === null ? begin() : (next ??= afterRunning()));
};
