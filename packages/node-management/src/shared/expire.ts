import type { Collection } from "@lucid/platform/documents";

const batch = 500;

/** Takes away every document whose moment in `field` (an index) lies before `beforeMs`, in small steps. */
export const removeExpired = async <T extends { id: string }>(
  collection: Collection<T>,
  { field, beforeMs, signal }: { field: keyof T & string; beforeMs: number; signal: AbortSignal },
): Promise<void> => {
  while (!signal.aborted) {
    const where = { [field]: { lt: beforeMs } } as never;
    const found = await collection.find({ where, limit: batch });
    await Promise.all(found.map(({ id }) => collection.remove(id)));
    if (found.length < batch) return;
  }
};
