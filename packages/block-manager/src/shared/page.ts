import { paginationOf } from "@lucid/api";

const defaultLimit = 20;

export type PageRequest = { readonly page?: number; readonly limit?: number };

/** Which numbers, counted from 0, stand on a page of `total`, and the API's words for it. */
export const pageOf = ({ page = 1, limit = defaultLimit }: PageRequest, total: number) => {
  const from = Math.min((page - 1) * limit, total);
  return {
    from,
    to: Math.min(from + limit, total),
    pagination: paginationOf(page, limit, total),
  };
};
