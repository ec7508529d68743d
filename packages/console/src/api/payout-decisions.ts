import type { Decision, Payout } from "../model/payout.ts";
import { affectedSubjects } from "./affected.ts";
import { readAgain } from "./service.ts";
import { clientOf, type Session } from "./session.ts";

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
  await readAgain(affectedSubjects("payout"));
};

/** Says for all payouts that they pause, or go on. Throws ApiError when it is refused. */
export const switchPayouts = async (
  session: Session,
  to: "paused" | "running",
  reason: string,
): Promise<void> => {
  const operation = to === "paused" ? "pausePayouts" : "resumePayouts";
  await clientOf(session).call(operation, { body: { reason } });
  await readAgain(affectedSubjects("payout"));
};
