import type { ReactNode } from "react";
import type { List } from "../api/list.ts";
import { Pager } from "./pager.tsx";
import { Panel, type PanelProps } from "./panel.tsx";

type Props<T> = Pick<PanelProps<unknown>, "title" | "actions"> & {
  readonly list: List<T>;
  /** What the items are called, for the buttons that lead to other pages. */
  readonly of: string;
  readonly children: (items: readonly T[]) => ReactNode;
  /** What stands there when there are none; without it there is no panel then, nor before that is known. */
  readonly empty?: ReactNode;
  /** What stands above the items, and when there are none. */
  readonly lead?: ReactNode;
};

/** A list under a title, a page at a time. */
export function ListPanel<T>({ title, actions, list, of, children, empty, lead }: Props<T>) {
  const { query, onPage } = list;
  const hasNone = query.data === undefined ? !query.isError : query.data.value.items.length === 0;
  if (empty === undefined && hasNone) return null;
  return (
    <Panel title={title} actions={actions} query={query}>
      {({ items, pagination }) => (
        <>
          {lead}
          {items.length === 0 ? empty : children(items)}
          <Pager of={of} pagination={pagination} onPage={onPage} />
        </>
      )}
    </Panel>
  );
}
