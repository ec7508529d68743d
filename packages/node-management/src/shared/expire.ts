import type { Collection } from "@lucid/platform/documents";
import { changeAll } from "./change-all.ts";

const batch = 500;
const idOf = ({ id }: { id: string }): string => id;

/** Takes away every document whose moment in `field` (an index) lies before `beforeMs`, in small steps. */
export const removeExpired = async <T extends { id: string }>(
  collection: Collection<T>,
  { field, beforeMs, signal }: { field: keyof T & string; beforeMs: number; signal: AbortSignal },
): Promise<void> => {
  while (!signal.aborted) {
    const where = { [field]: { lt: beforeMs } } as never;
    const found = await collection.find({ where, limit: batch });
    await changeAll(found.map(idOf), (id) => collection.remove(id));
    if (found.length < batch) return;
  }
};
