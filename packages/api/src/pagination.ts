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
