import type { ReactNode } from "react";
import type { Evidence } from "../../api/log.ts";
import { Panel } from "../../parts/panel.tsx";
import { DoesNotHold } from "./does-not-hold.tsx";

type Props<T> = {
  readonly title: string;
  readonly query: Evidence<T>;
  readonly children: (value: T) => ReactNode;
  /** What is shown does not change any more. */
  readonly lasting?: boolean;
};

/** Something read from the log under a title; where the log contradicts itself, that. */
export function LogPanel<T>({ title, query, children, lasting = false }: Props<T>) {
  return (
    <Panel title={title} query={query} lasting={lasting}>
      {(checked) => (checked.holds ? children(checked.value) : <DoesNotHold {...checked} />)}
    </Panel>
  );
}
