/** Where in the log something stands: height of a block, index of a leaf in its body. */
export type Place = { height: number; leaf?: number };

/** What does not follow: a stable code, a sentence, and where it stands when that is another place than the one at hand. */
export type Problem = { code: string; detail: string; at?: Place };

/** What a check finds: null when everything follows. */
export type Verdict = Problem | null;

export const problem = (code: string, detail: string, at?: Place): Problem => ({
  code,
  detail,
  ...(at !== undefined && { at }),
});

/** The first problem that a check finds in a list. */
export const firstProblem = <T>(items: Iterable<T>, check: (item: T) => Verdict): Verdict => {
  for (const item of items) {
    const found = check(item);
    if (found !== null) return found;
  }
  return null;
};
