/** Why an owner's payouts may be held; the sentence beside it says the rest. */
export const HOLD_REASONS = ["cheating", "identity", "address", "legal", "other"] as const;

export type HoldReason = (typeof HOLD_REASONS)[number];
