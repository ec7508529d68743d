import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Network } from "../shared/network.ts";
import type { Epochs } from "./contract.ts";

/** How soon to look again while epochs that are due are not settled. */
const RETRY_MS = 1000;
/** How often to look at all, in slots; whoever seals a slot also wakes this. */
const EVERY_SLOTS = 5;
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
    due: (afterMs) => afterMs + (isBehind ? RETRY_MS : EVERY_SLOTS * network.genesis.slot_ms),
    run: async (signal) => {
      isBehind = true;
      ({ isBehind } = await epochs.settleDue(signal));
    },
  };
};
