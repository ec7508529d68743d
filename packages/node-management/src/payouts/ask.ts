import type { ChainPort, Reading } from "@lucid/tron";
import type { PayerContext, Shut } from "./contract.ts";

/** A gate is open with what was read, or shut with a sentence. What cannot be read never opens one. */
export type Gate<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

export const shut = (why: string): Gate<never> => ({ ok: false, why });

/** Why nothing new is paid, after another sentence. */
export const shutToWords = ({ state, reason }: Shut): string => `payouts are ${state}: ${reason}`;

/** What a payout says of what it waits for. */
export const toWait = (why: string): string => `waits: ${why}`;

/** The same after another sentence. */
export const whyToSentence = (why: string): string => why.replace(/^waits: /, "It waits: ");

/** Asks one endpoint after the other until one answers. */
export const askAny = async <T>(
  { payer }: Pick<PayerContext, "payer">,
  what: string,
  ask: (chain: ChainPort) => Promise<Reading<T>>,
): Promise<Gate<T>> => {
  const reasons: string[] = [];
  for (const chain of payer.chains) {
    const reading = await ask(chain);
    if (reading.ok) return reading;
    reasons.push(reading.reason);
  }
  return shut(`${what} could not be read (${reasons.join("; ")})`);
};
