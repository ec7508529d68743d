/** Where a page stands in a list of `total` that is at hand, as the API says it of its own. */
export const paginate = (total: number, page: number, limit: number) => {
  const total_pages = Math.max(1, Math.ceil(total / limit));
  return {
    page,
    limit,
    total,
    total_pages,
    has_next: page < total_pages,
    has_prev: page > 1,
  };
};
