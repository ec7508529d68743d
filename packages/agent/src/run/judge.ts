import { ApiError } from "@lucid/api/client";
import type { Outcome } from "./state.ts";

/** No answer, or one that a later try may better. */
const passing = new Set([
  "client.unreachable",
  "client.timeout",
  "client.unexpected",
  "service.unavailable",
  "internal",
  "request.timeout",
]);

/** What an error of the service means for the step. An error that is none of the service's is thrown on. */
export const outcomeOf = (error: unknown): Outcome => {
  if (!(error instanceof ApiError)) throw error;
  if (isOutage(error)) return { kind: "retry" };
  switch (error.code) {
    case "limits.exceeded":
      return { kind: "retry", afterMs: error.retryAfterMs ?? 1000 };
    case "beacons.early":
      return { kind: "retry" };
    case "beacons.no_commitment":
      return { kind: "recommit" };
    case "beacons.gap_unsigned":
      return { kind: "sign" };
    case "commitments.equivocation":
      return { kind: "blocked" };
    default:
      return { kind: "lost" };
  }
};

export const isOutage = (error: unknown): boolean =>
  error instanceof ApiError && (passing.has(error.code) || (error.status ?? 0) >= 500);
