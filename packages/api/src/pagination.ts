/** How many items a page has unless somebody asks for another number. */
export const DEFAULT_LIMIT = 20;

/** The furthest page that anybody may ask for. */
export const FURTHEST_PAGE = 1_000_000;

/** Which page of a list is asked for. */
export type PageRequest = {
  readonly page?: number | undefined;
  readonly limit?: number | undefined;
};

/** Fills in what was not asked for: page 1, 20 items; `skip` is what stands before the page. */
export const pageOf = ({
  page = 1,
  limit = DEFAULT_LIMIT,
}: PageRequest): { page: number; limit: number; skip: number } => ({
  page,
  limit,
  skip: (page - 1) * limit,
});

/** Where a page (from 1) of `limit` items stands in a list of `total`, as every list of the API says it. */
export const paginationOf = (page: number, limit: number, total: number) => {
  const totalPages = Math.ceil(total / limit);
  return {
    page,
    limit,
    total,
    total_pages: totalPages,
    has_next: page < totalPages,
    has_prev: page > 1,
  };
};
