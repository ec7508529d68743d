import { DocumentsError } from "@lucid/platform/documents";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { Fault } from "./fault.ts";

const passing = new Set<string>([
  "documents.full",
  "documents.failed",
  "documents.closed",
  "documents.refused",
  "documents.unreachable",
]);

/** The answer to whoever asked while the store could not do its part; null for every other error. */
const storeProblem = (error: unknown): ApiProblem | null => {
  const isStore = error instanceof DocumentsError && passing.has(error.code);
  const isOurs = error instanceof Fault && error.code.startsWith("store.");
  return isStore || isOurs
    ? new ApiProblem("service.unavailable", "The store cannot take this now: send it again.", {
        retryAfter: 1,
      })
    : null;
};

const raise = (error: unknown): never => {
  throw storeProblem(error) ?? error;
};

/** The same HTTP service, whose handlers answer 503 while the store is full or failing. */
export const withStoreProblems = (http: Http): Http => ({
  ...http,
  route: (definition, handler) =>
    http.route(definition, (context) => {
      const answer = handler(context);
      return answer instanceof Promise ? answer.catch(raise) : answer;
    }),
});
