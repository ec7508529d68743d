import type { Pagination } from "../api/list.ts";
import { formatCount } from "../format/numbers.ts";

type Props = {
  readonly of: string;
  readonly pagination: Pagination;
  readonly onPage: (page: number) => void;
};

/** From how many pages on one does not want to walk to the ends. */
const MANY = 4;

/** Where one is in a long list; nothing when it fits on one page. */
export const Pager = ({ of, pagination, onPage }: Props) => {
  const { page, limit, total, total_pages, has_next, has_prev } = pagination;
  if (!has_next && !has_prev) return null;
  const first = (page - 1) * limit + 1;
  const last = Math.min(page * limit, total);
  const button = (name: string, to: number, leads: boolean) => (
    <button type="button" disabled={!leads} onClick={() => onPage(to)}>
      {name}
    </button>
  );
  return (
    <nav className="pager" aria-label={`Pages of ${of}`}>
      {total_pages >= MANY && button("First", 1, has_prev)}
      {button("Previous", page - 1, has_prev)}
      <span>
        {formatCount(first)}–{formatCount(last)} of {formatCount(total)}
      </span>
      {button("Next", page + 1, has_next)}
      {total_pages >= MANY && button("Last", total_pages, has_next)}
    </nav>
  );
};
