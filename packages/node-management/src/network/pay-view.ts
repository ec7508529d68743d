import type { Payer, Payouts } from "../payouts/index.ts";

/** What the network view says about pay. */
export type PayView = {
  readonly state: "running" | "waiting" | "paused" | "stopped" | "not_configured";
  readonly reason: string | null;
  readonly chain: string | null;
  readonly token: string | null;
  readonly wallet: string | null;
  readonly explorer: string | null;
};

export const payToView = (
  payer: Payer | null,
  { state, reason }: ReturnType<Payouts["state"]>,
): PayView => ({
  state,
  reason,
  chain: payer?.chains[0].name ?? null,
  token: payer?.chains[0].token ?? null,
  wallet: payer?.signer.address ?? null,
  explorer: payer?.explorer ?? null,
});
