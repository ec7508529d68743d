import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Metrics } from "@lucid/platform/metrics";
import type { Epochs } from "../epochs/index.ts";
import type { Payouts } from "../payouts/index.ts";

export type OutlookDeps = {
  readonly metrics: Pick<Metrics, "gauge">;
  readonly epochs: Pick<Epochs, "lastClosed">;
  readonly payouts: Pick<Payouts, "solvency">;
};

const periodMs = 60_000;

/** Brings what has to be asked for into the metrics: how far settlement is, for how long the wallet lasts. */
export const createOutlookChore = ({ metrics, epochs, payouts }: OutlookDeps): ChoreDefinition => {
  const closed = metrics.gauge(
    "lucid_epoch_closed",
    "The latest closed epoch; -1 before the first",
  );
  const runway = metrics.gauge(
    "lucid_treasury_runway_days",
    "For how many days what the wallet holds is enough; absent while unknown",
    ["asset"],
  );
  closed.set(-1);

  return {
    name: "outlook",
    timeoutMs: periodMs,
    periodMs,
    run: async () => {
      closed.set((await epochs.lastClosed()) ?? -1);
      const solvency = await payouts.solvency();
      for (const asset of ["usdt", "trx"] as const) {
        const days = solvency?.runwayDays[asset] ?? null;
        if (days === null) runway.remove({ asset });
        else runway.set({ asset }, days);
      }
    },
  };
};
