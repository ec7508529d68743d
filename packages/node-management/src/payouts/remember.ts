import type { Clock } from "@lucid/platform/clock";

/** Answers of a question that is costly to ask: asked once in a while, whoever wants to know. A failure is not kept. */
export const createRemembered = <T>(
  ask: () => Promise<T>,
  { clock, forMs }: { readonly clock: Pick<Clock, "monotonic">; readonly forMs: number },
): (() => Promise<T>) => {
  let last: { readonly atMs: number; readonly answer: Promise<T> } | null = null;
  return () => {
    if (last !== null && clock.monotonic() - last.atMs < forMs) return last.answer;
    const answer = ask();
    const asked = { atMs: clock.monotonic(), answer };
    last = asked;
    answer.catch(() => {
      if (last === asked) last = null;
    });
    return answer;
  };
};
