import type { PayoutState } from "@lucid/api";

/** Decided, and nothing of it can enter the chain: it was not signed yet, or what was signed is provably dead. */
export const UNSIGNED = ["created", "approved", "expired"] as const satisfies PayoutState[];

/** Its bytes are stored, so they may have been sent: only the chain decides what becomes of it. */
export const SENT = ["signed", "broadcast"] as const satisfies PayoutState[];

/** It goes on by itself. */
export const UNFINISHED = [...UNSIGNED, ...SENT] as const;

type InState = { readonly state: PayoutState };

const isOneOf =
  (states: readonly PayoutState[]) =>
  ({ state }: InState): boolean =>
    states.includes(state);

export const isUnsigned = isOneOf(UNSIGNED);
export const isSent = isOneOf(SENT);
export const isUnfinished = isOneOf(UNFINISHED);

/** Nothing follows. A dispute is closed by people, in the same state. */
export const isFinal = isOneOf(["confirmed", "failed", "cancelled"]);
