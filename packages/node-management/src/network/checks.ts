import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import { slotStart } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import { toIso } from "../shared/view.ts";
import { insertOrFind } from "../shared/written.ts";
import { networkCollection } from "./documents.ts";
import { isRestoring } from "./restoring.ts";

/** Whether the clock can be right: a network is founded in the slot before its first. */
export const isClockPlausible = ({ genesis }: Network, nowMs: number): boolean =>
  nowMs >= slotStart(genesis, genesis.first_slot - 1);

/** Refuses to start with a clock that is before the network's founding. Throws `clock.before_network`. */
export const checkClock = (network: Network, clock: Clock): void => {
  const now = clock.now();
  if (isClockPlausible(network, now)) return;
  const { genesis } = network;
  throw new Fault(
    "clock.before_network",
    `the clock says ${toIso(now)}, but this network was founded before ${toIso(slotStart(genesis, genesis.first_slot))}: set the clock (NTP) and start again`,
  );
};

/** Binds an empty store to the network, or compares. Throws `network.other_store` or `network.restoring`. */
export const bindStore = async (
  documents: Documents,
  network: Network,
  clock: Clock,
): Promise<void> => {
  const { stored } = await insertOrFind(documents.collection(networkCollection), {
    id: "network",
    network_id: network.networkId,
    bound_at: clock.now(),
  });
  if (stored.network_id === network.networkId) return;
  if (isRestoring(stored.network_id))
    throw new Fault(
      "network.restoring",
      `the store is an ${stored.network_id}: run that lucid restore again, or name an empty store`,
    );
  throw new Fault(
    "network.other_store",
    `network.json is of network ${network.networkId}, but the store beside it belongs to ${stored.network_id}: put back the network.json that it was made with, or use another data folder`,
  );
};
