import type { FastifyRequest } from "fastify";
import type { Clock } from "../clock/index.ts";
import type { Log } from "../log/index.ts";
import type { Metrics } from "../metrics/index.ts";
import type { RouteDefinition } from "./definition.ts";

export type NotesDeps = {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Pick<Clock, "monotonic">;
};

/** Records one answer of an operation, in the metrics and in the log. */
export type Note = (status: number, request: FastifyRequest) => void;

export type RequestNotes = {
  of(operation: Pick<RouteDefinition, "operationId" | "method">): Note;
};

/** How many answers of which status, and how long they took. Changes by someone who signed in are logged at info, the rest at debug. */
export const createRequestNotes = ({ log, metrics, clock }: NotesDeps): RequestNotes => {
  const seconds = metrics.histogram(
    "lucid_http_request_seconds",
    "Time from the headers of a request to its answer, by operation and status.",
    ["operation", "status"],
  );
  return {
    of: ({ operationId: operation, method }) => {
      const byStatus = new Map<number, { observe(value: number): void }>();
      return (status, request) => {
        const tookMs = clock.monotonic() - request.startedMs;
        let child = byStatus.get(status);
        if (child === undefined) {
          child = seconds.labels({ operation, status: String(status) });
          byStatus.set(status, child);
        }
        child.observe(tookMs / 1000);
        const principal = request.principal?.id ?? null;
        const level = method !== "GET" && status < 400 && principal !== null ? "info" : "debug";
        if (!log.isLevelEnabled(level)) return;
        log[level](
          {
            request_id: request.id,
            operation,
            status,
            principal,
            took_ms: Math.round(tookMs * 1000) / 1000,
          },
          "answered",
        );
      };
    },
  };
};
