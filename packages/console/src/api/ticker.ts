import { createStore, useStore, type Store } from "./store.ts";

/** Monotonic milliseconds, new every `periodMs` while somebody watches. */
const createTicker = (periodMs: number): Store<number> => {
  const now = createStore(performance.now());
  let watchers = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => now.set(performance.now());
  return {
    ...now,
    subscribe: (listener) => {
      const stop = now.subscribe(listener);
      watchers += 1;
      if (watchers === 1) {
        tick();
        timer = setInterval(tick, periodMs);
      }
      return () => {
        stop();
        watchers -= 1;
        if (watchers > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
};

const seconds = createTicker(1000);
const quick = createTicker(200);

/** For ages. */
export const useSeconds = (): number => useStore(seconds);

/** For clocks that run. */
export const useQuickTime = (): number => useStore(quick);
