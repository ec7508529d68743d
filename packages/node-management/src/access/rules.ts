/** How long a challenge can be answered. */
export const challengeMs = 5 * 60_000;

/** How long a token speaks for its principal. */
export const tokenMs = 60 * 60_000;

/** How often a replica looks for tokens that were revoked elsewhere. */
export const revocationsMs = 2_000;
