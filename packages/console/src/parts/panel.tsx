import type { UseQueryResult } from "@tanstack/react-query";
import { useId, type ReactNode } from "react";
import type { Reading } from "../api/reading.ts";
import { Age } from "./age.tsx";
import { Problem } from "./problem.tsx";

type Props<T> = {
  readonly title: string;
  readonly query: UseQueryResult<Reading<T>>;
  readonly children: (value: T) => ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
};

/** One reading under a title with its age. The last answer stays when the next one fails. */
export function Panel<T>({ title, query, children, actions, className = "" }: Props<T>) {
  const titleId = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={titleId}>
      <header className="panel-head">
        <h2 id={titleId}>{title}</h2>
        {actions}
        <span className="panel-age">
          {query.isError && query.data !== undefined && (
            <span className="stale">not refreshed · </span>
          )}
          {query.data !== undefined && <Age takenAt={query.data.takenAt} />}
        </span>
      </header>
      <PanelBody query={query}>{children}</PanelBody>
    </section>
  );
}

function PanelBody<T>({ query, children }: Pick<Props<T>, "query" | "children">) {
  if (query.data !== undefined) return children(query.data.value);
  if (query.isError) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  return <p className="waiting">Reading…</p>;
}
