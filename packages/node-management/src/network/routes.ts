import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Http } from "@lucid/platform/http";
import {
  epochOf,
  firstSlotOf,
  type Genesis,
  slotAt,
  slotEnd,
  slotIndex,
  slotStart,
} from "@lucid/protocol";
import type { Policies } from "../policy/index.ts";
import type { Sealing } from "../sealing/index.ts";
import type { Network } from "../shared/network.ts";
import { toIso } from "../shared/view.ts";
import type { NodeCounts } from "./counts.ts";
import type { PayView } from "./pay-view.ts";

export type NetworkRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly network: Network;
  readonly policies: Policies;
  readonly clock: Clock;
  readonly nodeCounts: () => NodeCounts;
  readonly payView: () => PayView;
  readonly sealing: Pick<Sealing, "headerHash" | "last" | "checkpoint" | "sender">;
  readonly version: string;
};

const logToView = (
  { log_origin, first_slot }: Genesis,
  { last, checkpoint, sender }: NetworkRoutesDeps["sealing"],
) => {
  const appended = sender.appendedSlot();
  return {
    origin: log_origin,
    checkpoint: checkpoint(),
    sealed_slot: last()?.slot ?? null,
    appended_height: appended === null ? null : appended - first_slot,
    lag_slots: sender.lagSlots(),
    state: sender.state().state,
  };
};

export const registerNetworkRoutes = (deps: NetworkRoutesDeps): void => {
  const { http, network, policies, clock, nodeCounts, payView, sealing, version } = deps;
  const { genesis, networkId } = network;

  http.route(routes.getNetwork, () => {
    const now = clock.now();
    const slot = slotAt(genesis, now);
    const epoch = epochOf(genesis, slot);
    return {
      network_id: networkId,
      genesis,
      policy: policies.forSlot(slot),
      header_hash: sealing.headerHash(),
      log: logToView(genesis, sealing),
      server_time: toIso(now),
      slot,
      slot_started_at: toIso(slotStart(genesis, slot)),
      slot_ends_at: toIso(slotEnd(genesis, slot)),
      epoch,
      slot_index: slotIndex(genesis, slot),
      epoch_ends_at: toIso(slotStart(genesis, firstSlotOf(genesis, epoch + 1))),
      nodes: nodeCounts(),
      payouts: payView(),
      version,
    };
  });
};
