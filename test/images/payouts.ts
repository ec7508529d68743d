import { setTimeout as sleep } from "node:timers/promises";

export type Outcome = { readonly epochs_closed: number; readonly payouts_confirmed: number };

const PATIENCE_MS = 240_000;

/** An epoch of the demo takes 30 s; then its rewards are paid. Waits for more payouts than `known`. */
export const waitForPayouts = async (url: string, known: number): Promise<Outcome> => {
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const epochs_closed = await countState(`${url}/api/v1/epochs?limit=100`, "closed");
    const payouts_confirmed = await countState(`${url}/api/v1/payouts?limit=100`, "confirmed");
    const isOver = performance.now() > deadlineMs;
    if (isOver || (epochs_closed > 0 && payouts_confirmed > known))
      return { epochs_closed, payouts_confirmed };
    await sleep(1000);
  }
};

type Items = { readonly items: readonly { readonly state: string }[] };

const countState = async (url: string, state: string): Promise<number> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  return ((await response.json()) as Items).items.filter((item) => item.state === state).length;
};
