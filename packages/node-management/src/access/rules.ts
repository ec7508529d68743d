/** How long a challenge can be answered. */
export const challengeMs = 5 * 60_000;

/** How long a token speaks for its principal. */
export const tokenMs = 60 * 60_000;

/** How often a replica looks for tokens that were revoked elsewhere. */
export const revocationsMs = 2_000;

/** How far apart the clocks of replicas may be. */
export const clocksApartMs = 60_000;

/** How often what decides nothing any more is taken away. */
export const retentionMs = 60 * 60_000;

/** Names of people whom others sign in, `<issuer>:<subject>`, have what no name of ours has. */
export const isFromOutside = (principalId: string): boolean => principalId.includes(":");
