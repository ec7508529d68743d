import type { UseQueryResult } from "@tanstack/react-query";
import { useId, type ReactNode } from "react";
import type { Reading } from "../api/reading.ts";
import { Age } from "./age.tsx";
import { Problem } from "./problem.tsx";

export type PanelProps<T> = {
  readonly title: string;
  readonly query: UseQueryResult<Reading<T>>;
  readonly children: (value: T) => ReactNode;
  /** Other readings that the panel shows too: it is as old as the oldest of them. */
  readonly others?: readonly UseQueryResult<Reading<unknown>>[];
  readonly actions?: ReactNode;
  readonly className?: string;
  /** What was read does not change any more: its age says nothing. */
  readonly lasting?: boolean;
};

/** One reading under a title with its age. The last answer stays when the next one fails. */
export function Panel<T>({
  title,
  query,
  others = [],
  children,
  actions,
  className = "",
  lasting = false,
}: PanelProps<T>) {
  const titleId = useId();
  return (
    <section
      className={`panel ${className}`}
      aria-labelledby={titleId}
      aria-busy={query.isPlaceholderData}
    >
      <header className="panel-head">
        <h2 id={titleId}>{title}</h2>
        {actions}
        {!lasting && <PanelAge queries={[query, ...others]} />}
      </header>
      <PanelBody query={query}>{children}</PanelBody>
    </section>
  );
}

const PanelAge = ({ queries }: { queries: readonly UseQueryResult<Reading<unknown>>[] }) => {
  const taken = queries.flatMap(({ data }) => (data === undefined ? [] : [data.takenAt]));
  if (taken.length === 0) return null;
  return (
    <span className="panel-age">
      {queries.some(({ isError }) => isError) && <span className="stale">not refreshed · </span>}
      <Age takenAt={Math.min(...taken)} />
    </span>
  );
};

function PanelBody<T>({ query, children }: Pick<PanelProps<T>, "query" | "children">) {
  if (query.data !== undefined) return children(query.data.value);
  if (query.isError) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  const { failureReason } = query;
  return (
    <p className="waiting">
      Reading…{failureReason !== null && ` again: ${failureReason.message}`}
    </p>
  );
}
