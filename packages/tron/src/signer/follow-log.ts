import type { Clock } from "@lucid/platform/clock";
import { reasonOf } from "./fault.ts";
import type { LogView } from "./log-view.ts";

/** Reads on in the log, so that a request finds it read already and a long one is read before the first. */
export const followLog = (
  deps: {
    readonly view: Pick<LogView, "refresh">;
    readonly clock: Pick<Clock, "sleep">;
    readonly onProblem: (reason: string) => void;
  },
  { everyMs, stop }: { readonly everyMs: number; readonly stop: AbortController },
): AsyncDisposable => {
  const { view, clock, onProblem } = deps;
  let told: string | null = null;
  const tell = (reason: string): void => {
    if (reason !== told && !stop.signal.aborted) onProblem(reason);
    told = reason;
  };
  const follow = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await view.refresh().then(
        () => (told = null),
        (error: unknown) => tell(reasonOf(error)),
      );
      await clock.sleep(everyMs, stop.signal);
    }
  };
  const following = follow();
  return {
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await following;
    },
  };
};
