/** All states that a payout can have. */
export const PAYOUT_STATES = [
  "created",
  "approved",
  "signed",
  "broadcast",
  "confirmed",
  "failed",
  "expired",
  "disputed",
  "cancelled",
] as const;

export type PayoutState = (typeof PAYOUT_STATES)[number];
