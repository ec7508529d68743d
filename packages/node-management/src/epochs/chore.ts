import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Network } from "../shared/network.ts";
import type { Epochs } from "./contract.ts";
import { latestDue, settlesAt } from "./rules.ts";

/** How soon to look again while epochs that are due are not settled. */
const RETRY_MS = 1000;
/** A run that takes longer parks between two steps and goes on with the next run. */
const TIMEOUT_MS = 600_000;

/** Settles epochs as they fall due; after an outage all that fell due meanwhile. */
export const createSettlementChore = ({
  epochs,
  network,
}: {
  epochs: Pick<Epochs, "settleDue">;
  network: Network;
}): ChoreDefinition => {
  let isBehind = true;
  return {
    name: "settlement",
    lease: true,
    timeoutMs: TIMEOUT_MS,
    due: (afterMs) =>
      isBehind
        ? afterMs + RETRY_MS
        : settlesAt(network.genesis, latestDue(network.genesis, afterMs) + 1),
    run: async (signal) => {
      isBehind = true;
      ({ isBehind } = await epochs.settleDue(signal));
    },
  };
};
