import { formatCount } from "../format/numbers.ts";

type Pagination = {
  readonly page: number;
  readonly limit: number;
  readonly total: number;
  readonly total_pages: number;
  readonly has_next: boolean;
  readonly has_prev: boolean;
};

type Props = {
  readonly of: string;
  readonly pagination: Pagination;
  readonly onPage: (page: number) => void;
};

/** Where one is in a long list; nothing when it fits on one page. */
export const Pager = ({ of, pagination, onPage }: Props) => {
  const { page, limit, total, has_next, has_prev } = pagination;
  if (!has_next && !has_prev) return null;
  const first = (page - 1) * limit + 1;
  const last = Math.min(page * limit, total);
  return (
    <nav className="pager" aria-label={`Pages of ${of}`}>
      <button type="button" disabled={!has_prev} onClick={() => onPage(page - 1)}>
        Previous
      </button>
      <span>
        {formatCount(first)}–{formatCount(last)} of {formatCount(total)}
      </span>
      <button type="button" disabled={!has_next} onClick={() => onPage(page + 1)}>
        Next
      </button>
    </nav>
  );
};
