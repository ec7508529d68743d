/** What was made lately, by key: made once for all who ask at the same time, and forgotten when making it failed. */
export type Recent<Key, Value> = {
  get(key: Key): Promise<Value>;
  clear(): void;
};

export function createRecent<Key, Value>(
  limit: number,
  make: (key: Key) => Promise<Value>,
): Recent<Key, Value> {
  const kept = new Map<Key, Promise<Value>>();
  const keep = (key: Key, value: Promise<Value>) => {
    kept.delete(key);
    kept.set(key, value);
    for (const oldest of kept.keys()) {
      if (kept.size <= limit) break;
      kept.delete(oldest);
    }
  };
  return {
    get: async (key) => {
      const value = kept.get(key) ?? make(key);
      keep(key, value);
      try {
        return await value;
      } catch (error) {
        if (kept.get(key) === value) kept.delete(key);
        throw error;
      }
    },
    clear: () => kept.clear(),
  };
}
