import { setImmediate as nextTurn } from "node:timers/promises";

/** So many are sorted, or merged, before others get a turn of the event loop. */
const perTurn = 4096;

/** A sorted copy; equal ones keep their order. A hundred thousand are sorted in steps of some milliseconds. */
export const sortInTurns = async <T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Promise<T[]> => {
  let runs: T[][] = [];
  for (let from = 0; from < items.length; from += perTurn) {
    runs.push(items.slice(from, from + perTurn).sort(compare));
    if (from > 0) await nextTurn();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2)
      merged.push(await mergeInTurns(runs[i] ?? [], runs[i + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
};

const mergeInTurns = async <T>(
  a: readonly T[],
  b: readonly T[],
  compare: (a: T, b: T) => number,
): Promise<T[]> => {
  const merged: T[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const takesA = j >= b.length || (i < a.length && compare(a[i] as T, b[j] as T) <= 0);
    merged.push((takesA ? a[i++] : b[j++]) as T);
    if (merged.length % perTurn === 0) await nextTurn();
  }
  return merged;
};
