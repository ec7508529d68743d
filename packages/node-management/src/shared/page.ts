import { pageOf, type PageRequest, paginationOf } from "@lucid/api";
import type { Collection, Sort, Where } from "@lucid/platform/documents";

export { pageOf, type PageRequest };

/** One page of a list and how many items there are in all. */
export type Page<T> = {
  readonly items: readonly T[];
  readonly total: number;
  readonly page: number;
  readonly limit: number;
};

/** Cuts one page out of a list that is in memory. */
export const pageOfList = <T>(list: readonly T[], request: PageRequest): Page<T> => {
  const { page, limit, skip } = pageOf(request);
  return { items: list.slice(skip, skip + limit), total: list.length, page, limit };
};

/** Reads one page of a collection, and counts what there is of it in all. */
export const findPage = async <T extends { id: string }>(
  collection: Pick<Collection<T>, "find" | "count">,
  query: { readonly where?: Where<T>; readonly sort: Sort<T> },
  request: PageRequest,
): Promise<Page<T>> => {
  const { page, limit, skip } = pageOf(request);
  const { sort, ...which } = query;
  const [items, total] = await Promise.all([
    collection.find({ ...which, sort, skip, limit }),
    collection.count(which),
  ]);
  return { items, total, page, limit };
};

/** The API's shape of a page. */
export const pageToView = <T, V>(
  { items, page, limit, total }: Page<T>,
  itemToView: (item: T) => V,
) => ({ items: items.map(itemToView), pagination: paginationOf(page, limit, total) });
