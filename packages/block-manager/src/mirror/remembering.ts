import type { Source } from "@lucid/verify";

/** A source that remembers what it answered last, as evidence and so that a compacted epoch is fetched once. */
export type RememberingSource = Source & {
  /** What was answered at a path lately; null when it is not remembered. */
  answered(path: string): Uint8Array | null;
};

const REMEMBERED = 16;
const COMPACTED_EPOCH = "compact/";
const EPOCHS_REMEMBERED = 2;

export function createRememberingSource(source: Source): RememberingSource {
  const answers = new Map<string, Uint8Array>();
  const epochs = new Map<string, Uint8Array>();

  const remember = (path: string, bytes: Uint8Array) => {
    const [map, limit] = path.startsWith(COMPACTED_EPOCH)
      ? [epochs, EPOCHS_REMEMBERED]
      : [answers, REMEMBERED];
    map.delete(path);
    map.set(path, bytes);
    for (const oldest of map.keys()) if (map.size > limit) map.delete(oldest);
  };

  return {
    name: source.name,
    read: async (path, options) => {
      const known = epochs.get(path);
      if (known !== undefined) return known;
      const bytes = await source.read(path, options);
      if (bytes !== null) remember(path, bytes);
      return bytes;
    },
    answered: (path) => answers.get(path) ?? epochs.get(path) ?? null,
  };
}
