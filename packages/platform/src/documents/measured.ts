import type { Clock } from "../clock/index.ts";
import type { Metrics } from "../metrics/index.ts";
import type { Collection, Documents } from "./port.ts";

export type MeasuredDeps = {
  readonly metrics: Pick<Metrics, "counter" | "histogram">;
  readonly clock: Pick<Clock, "monotonic">;
};

const operations = [
  "insert",
  "insertMany",
  "get",
  "find",
  "count",
  "update",
  "remove",
  "sum",
] as const satisfies readonly (keyof Collection<{ id: string }>)[];

type Operation = (typeof operations)[number];

const labelOf: Record<Operation, string> = {
  insert: "insert",
  insertMany: "insert_many",
  get: "get",
  find: "find",
  count: "count",
  update: "update",
  remove: "remove",
  sum: "sum",
};

const outcomeOf = (answer: unknown): string =>
  typeof answer === "object" && answer !== null && "outcome" in answer
    ? String(answer.outcome)
    : "done";

/** The same store, which counts its operations by how they ended and how long they took. */
export const measureDocuments = (documents: Documents, deps: MeasuredDeps): Documents => {
  const { metrics, clock } = deps;
  const seconds = metrics.histogram(
    "lucid_store_operation_seconds",
    "Time that operations of the document store took",
    ["operation"],
  );
  const ended = metrics.counter(
    "lucid_store_operations_total",
    "Operations of the document store by how they ended: done, conflict, unknown or failed",
    ["operation", "outcome"],
  );

  const measured = (operation: Operation, run: (...args: never[]) => Promise<unknown>) => {
    const label = labelOf[operation];
    const timer = seconds.labels({ operation: label });
    return async (...args: never[]): Promise<unknown> => {
      const startedMs = clock.monotonic();
      let outcome = "failed";
      try {
        const answer = await run(...args);
        outcome = outcomeOf(answer);
        return answer;
      } finally {
        timer.observe((clock.monotonic() - startedMs) / 1000);
        ended.inc({ operation: label, outcome });
      }
    };
  };

  return {
    storeId: documents.storeId,
    check: () => documents.check(),
    collection: (definition) => {
      const collection = documents.collection(definition);
      const entries = operations.map((name) => [
        name,
        measured(name, collection[name] as (...args: never[]) => Promise<unknown>),
      ]);
      return Object.fromEntries(entries) as typeof collection;
    },
    [Symbol.asyncDispose]: () => documents[Symbol.asyncDispose](),
  };
};
