import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import { forgetChallenges } from "./challenges.ts";
import { forgetRevocations, type Revocations } from "./revocations.ts";
import { retentionMs, revocationsMs } from "./rules.ts";

/** Each replica looks for itself at what others revoked. */
export const createRevocationsChore = (
  revocations: Pick<Revocations, "refresh">,
): ChoreDefinition => ({
  name: "revocations",
  periodMs: revocationsMs,
  timeoutMs: 10_000,
  run: () => revocations.refresh(),
});

/** Takes away what decides nothing any more: answers to challenges and revocations of tokens that have expired. */
export const createAccessRetentionChore = (deps: {
  readonly documents: Pick<Documents, "collection">;
  readonly clock: Pick<Clock, "now">;
}): ChoreDefinition => ({
  name: "access_retention",
  lease: true,
  periodMs: retentionMs,
  timeoutMs: 60_000,
  run: async (signal) => {
    await forgetChallenges(deps, signal);
    await forgetRevocations(deps, signal);
  },
});
