/** How long after the end of an epoch its changes may still be on their way. */
export const settlingMs = 30_000;

const momentDigits = 15;

/** The first id that a line of this moment (Unix ms) can have: ids ascend in time. */
export const idFrom = (atMs: number): string => String(atMs).padStart(momentDigits, "0");
