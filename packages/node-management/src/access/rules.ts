/** How long a challenge can be answered. */
export const challengeMs = 5 * 60_000;

/** How long a token speaks for its principal. */
export const tokenMs = 60 * 60_000;

/** How many answered challenges are remembered until they expire; sign-in waits when there are more. */
export const maxAnswered = 100_000;
