import type { ResponseOf, Routes } from "@lucid/api";
import { queryClient } from "./service.ts";
import { clientOf, type Session } from "./session.ts";

type Payout = ResponseOf<Routes["getPayout"]>;

/** What a person decides about one payout, and in which states the service may agree. */
export const decisionsOf = ({ state }: Pick<Payout, "state">): readonly Decision[] =>
  byState[state] ?? [];

export type Decision = "approve" | "cancel" | "retry";

const byState: Partial<Record<Payout["state"], readonly Decision[]>> = {
  created: ["approve", "cancel"],
  approved: ["cancel"],
  signed: ["cancel"],
  broadcast: ["cancel"],
  expired: ["cancel"],
  failed: ["retry"],
};

/** Decides about a payout as it is shown, as whoever is signed in. Throws ApiError when it is refused. */
export const decidePayout = async (
  session: Session,
  { payout_id, recipient, net_usdt, attempt_to_decide }: Payout,
  decision: Decision,
  reason: string,
): Promise<void> => {
  const client = clientOf(session);
  const params = { payout_id };
  const decide = {
    approve: () =>
      client.call("approvePayout", {
        params,
        body: { recipient, net_usdt, attempt: attempt_to_decide, reason },
      }),
    cancel: () => client.call("cancelPayout", { params, body: { reason } }),
    retry: () => client.call("retryPayout", { params, body: { reason } }),
  };
  await decide[decision]();
  await readPayoutsAgain();
};

/** Says for all payouts that they pause, or go on. Throws ApiError when it is refused. */
export const switchPayouts = async (
  session: Session,
  to: "paused" | "running",
  reason: string,
): Promise<void> => {
  const operation = to === "paused" ? "pausePayouts" : "resumePayouts";
  await clientOf(session).call(operation, { body: { reason } });
  await readPayoutsAgain();
};

const old = new Set<unknown>([
  "getNetwork",
  "getPayout",
  "listPayouts",
  "getPayoutPlan",
  "getPayoutSchedule",
]);

const readPayoutsAgain = (): Promise<void> =>
  queryClient.invalidateQueries({ predicate: ({ queryKey }) => old.has(queryKey[0]) });
