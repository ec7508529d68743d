import type { Collection } from "@lucid/platform/documents";

const batch = 1000;

/** Calls `visit` with every document of a collection in ascending id, a thousand at a time. */
export const scanById = async <T extends { id: string }>(
  collection: Collection<T>,
  visit: (document: T) => void | Promise<void>,
): Promise<void> => {
  for (let after = ""; ;) {
    const found = await collection.find({
      where: { id: { gt: after } } as never,
      sort: [["id", "asc"]],
      limit: batch,
    });
    for (const document of found) await visit(document);
    const last = found.at(-1);
    if (last === undefined || found.length < batch) return;
    after = last.id;
  }
};
