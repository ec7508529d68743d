import type { Collection } from "@lucid/platform/documents";

const batch = 1000;

/** Calls `visit` with every document of a collection, or of a range of ids, in ascending id, a thousand at a time. */
export const scanById = async <T extends { id: string }>(
  collection: Collection<T>,
  visit: (document: T) => void | Promise<void>,
  { gte = "", lt }: { readonly gte?: string; readonly lt?: string } = {},
): Promise<void> => {
  const end = lt === undefined ? {} : { lt };
  for (let from: { gte: string } | { gt: string } = { gte }; ;) {
    const found = await collection.find({
      where: { id: { ...from, ...end } } as never,
      sort: [["id", "asc"]],
      limit: batch,
    });
    for (const document of found) await visit(document);
    const last = found.at(-1);
    if (last === undefined || found.length < batch) return;
    from = { gt: last.id };
  }
};
