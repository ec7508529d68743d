/** So many documents change in one commit of the store, for which whatever arrives meanwhile waits. */
const perCommit = 100;

/** Changes many documents, some at a time, so that others get their turn in between. */
export const changeAll = async (
  ids: readonly string[],
  change: (id: string) => Promise<unknown>,
): Promise<void> => {
  for (let from = 0; from < ids.length; from += perCommit)
    await Promise.all(ids.slice(from, from + perCommit).map(change));
};
