import type { OperationId, RequestOf, ResponseOf, Routes } from "@lucid/api";
import { ApiError, createClient } from "@lucid/api/client";
import {
  keepPreviousData,
  QueryClient,
  queryOptions,
  useQuery,
  type UseQueryResult,
} from "@tanstack/react-query";
import type { Subject } from "./affected.ts";
import { noteFailure, noteSuccess, pollPeriodMs } from "./connection.ts";
import { takeReading, type Reading } from "./reading.ts";
import { createServerClock } from "./server-clock.ts";

export const serverClock = createServerClock();

const client = createClient({ baseUrl: location.origin, timeoutMs: 8000 });

type Call<O extends OperationId> = (
  operation: O,
  request: RequestOf<Routes[O]>,
) => Promise<ResponseOf<Routes[O]>>;

const readOperation = async <O extends OperationId>(
  operation: O,
  request: RequestOf<Routes[O]>,
): Promise<Reading<ResponseOf<Routes[O]>>> => {
  const sentAt = performance.now();
  try {
    const value = await (client.call as Call<O>)(operation, request);
    noteSuccess();
    return takeReading(serverClock, value, sentAt, performance.now());
  } catch (error) {
    noteFailure(error);
    throw error;
  }
};

const isAnswer = (error: Error): boolean =>
  error instanceof ApiError && error.status !== null && error.status < 500 && error.status !== 429;

const retryDelayMs = (attempt: number, error: Error): number =>
  (error instanceof ApiError ? error.retryAfterMs : null) ?? Math.min(1000 * 2 ** attempt, 8000);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always",
      staleTime: 1000,
      retry: (failures, error) => failures < 1 && !isAnswer(error),
      retryDelay: retryDelayMs,
      refetchInterval: () => pollPeriodMs(),
    },
  },
});

/** Reads again what is on the screen and got old. */
export const readAgain = (subjects: Iterable<Subject>): Promise<void> => {
  const old = new Set<unknown>(subjects);
  return queryClient.invalidateQueries({ predicate: ({ queryKey }) => old.has(queryKey[0]) });
};

type QuestionOptions = {
  readonly enabled?: boolean;
  /** Shows the page before, marked as busy, until the next one is here. */
  readonly paged?: boolean;
};

/** The question that an operation's latest reading answers, for whoever asks outside of a component. */
export const questionOf = <O extends OperationId>(operation: O, request: RequestOf<Routes[O]>) =>
  queryOptions({
    queryKey: [operation, request],
    queryFn: () => readOperation(operation, request),
  });

/** One operation's latest reading, kept fresh by events and, without them, by polling. */
export const useOperation = <O extends OperationId>(
  operation: O,
  request: RequestOf<Routes[O]>,
  options: QuestionOptions = {},
): UseQueryResult<Reading<ResponseOf<Routes[O]>>> =>
  useQuery({
    ...questionOf(operation, request),
    enabled: options.enabled ?? true,
    ...(options.paged === true && { placeholderData: keepPreviousData }),
  });
