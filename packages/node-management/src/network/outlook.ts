import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Metrics } from "@lucid/platform/metrics";
import { epochOf } from "@lucid/protocol";
import type { Epochs } from "../epochs/index.ts";
import type { Payouts } from "../payouts/index.ts";
import type { Network } from "../shared/network.ts";

export type OutlookDeps = {
  readonly metrics: Pick<Metrics, "gauge">;
  readonly network: Pick<Network, "genesis">;
  readonly epochs: Pick<Epochs, "lastClosed">;
  readonly payouts: Pick<Payouts, "solvency">;
};

const periodMs = 60_000;
const daySeconds = 86_400;

/** Brings what has to be asked for into the metrics: how far settlement is, for how long the wallet lasts. */
export const createOutlookChore = (deps: OutlookDeps): ChoreDefinition => {
  const { metrics, network, epochs, payouts } = deps;
  const beforeFirst = epochOf(network.genesis, network.genesis.first_slot) - 1;
  const closed = metrics.gauge(
    "lucid_epoch_closed",
    "The latest closed epoch; before the first, the one that the network began after",
  );
  const runway = metrics.gauge(
    "lucid_treasury_runway_seconds",
    "For how long what the wallet holds is enough; absent while unknown",
    ["asset"],
  );
  closed.remove(); // absent until it is known: 0 would be an epoch

  return {
    name: "outlook",
    timeoutMs: periodMs,
    periodMs,
    run: async () => {
      closed.set((await epochs.lastClosed()) ?? beforeFirst);
      const solvency = await payouts.solvency();
      for (const asset of ["usdt", "trx"] as const) {
        const days = solvency?.runwayDays[asset] ?? null;
        if (days === null) runway.remove({ asset });
        else runway.set({ asset }, days * daySeconds);
      }
    },
  };
};
