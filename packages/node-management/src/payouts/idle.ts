import type { Payouts } from "./contract.ts";
import type { Readers } from "./readers.ts";

type Idle = Omit<Payouts, keyof Readers | "threshold" | "setThreshold">;

/** What is answered where nothing pays; `reason` says why. */
export const createIdlePayer = (reason: string): Idle => ({
  explainWait: async () => `This network does not pay out: ${reason}. The balance stays.`,
  run: async () => {},
  request: async () => false,
  call: async () => {},
  follow: async () => false,
  state: () => ({ state: "not_configured", reason }),
  turn: async () => null,
  plan: async () => null,
  solvency: async () => null,
  decide: async () => ({ outcome: "refused", code: "payouts.not_configured", detail: reason }),
  schedule: () => ({ lastRunMs: null, nextRunMs: null }),
});
