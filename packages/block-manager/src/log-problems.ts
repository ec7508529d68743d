import { ApiProblem, type Http } from "@lucid/platform/http";
import { LogError, SourceError } from "@lucid/verify";
import { DiskError } from "./disk/index.ts";
import { StoreError } from "./store/index.ts";

const details: Readonly<Record<string, string>> = {
  "disk.full": "The disk of the log is full: nothing is lost, send it again once there is room.",
  "store.damaged": "A file of the log is damaged or missing; it is being fetched again.",
  "store.closed": "The service is stopping: ask again.",
};

/** The answer while log or disk cannot do their part; null for every other error. */
const logProblem = (error: unknown): ApiProblem | null => {
  const isPassing =
    error instanceof StoreError ||
    error instanceof DiskError ||
    error instanceof LogError ||
    error instanceof SourceError;
  if (!isPassing) return null;
  const detail = details[error.code] ?? "The log cannot do this now: ask again.";
  return new ApiProblem("log.unavailable", detail, { retryAfter: 5 });
};

/** The same HTTP service, whose handlers answer 503 while log or disk fail; `noteFault` hears why. */
export const withLogProblems = (
  http: Pick<Http, "route">,
  noteFault: (error: unknown) => void,
): Pick<Http, "route"> => ({
  route: (definition, handler) =>
    http.route(definition, async (context) => {
      try {
        return await handler(context);
      } catch (error) {
        const problem = logProblem(error);
        if (problem === null) throw error;
        noteFault(error);
        return problem;
      }
    }),
});
