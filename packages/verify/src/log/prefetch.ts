/**
 * Loads for each item, up to `depth` of them at once, and yields what was loaded in the order of the items. What fails
 * throws in its turn, after everything before it. When nobody listens any more, the loads under way are aborted.
 */
export async function* prefetch<Item, Loaded>(
  items: AsyncIterable<Item> | Iterable<Item>,
  depth: number,
  load: (item: Item, signal: AbortSignal) => Promise<Loaded>,
): AsyncGenerator<Loaded> {
  const stop = new AbortController();
  const loads = startLoads(items, (item) => load(item, stop.signal));
  const underWay: Promise<Loaded>[] = [];
  try {
    for (;;) {
      while (underWay.length < depth) {
        const next = await loads.next();
        if (next.done === true) break;
        underWay.push(next.value.loading);
      }
      const first = underWay.shift();
      if (first === undefined) return;
      yield await first;
    }
  } finally {
    stop.abort();
    await loads.return(undefined);
  }
}

/** Wrapped, because an async generator would wait for a promise that it yields. */
async function* startLoads<Item, Loaded>(
  items: AsyncIterable<Item> | Iterable<Item>,
  load: (item: Item) => Promise<Loaded>,
): AsyncGenerator<{ loading: Promise<Loaded> }, void, undefined> {
  try {
    for await (const item of items) yield { loading: guarded(load(item)) };
  } catch (error) {
    yield { loading: guarded(Promise.reject<Loaded>(error)) };
  }
}

/** A failure is thrown when its turn comes; until then, and when its turn never comes, nobody else is to report it. */
function guarded<Loaded>(loading: Promise<Loaded>): Promise<Loaded> {
  loading.catch(() => {});
  return loading;
}
