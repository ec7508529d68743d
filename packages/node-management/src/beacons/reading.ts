import type { Clock } from "@lucid/platform/clock";
import { epochOf, firstSlotOf, getBit, slotAt, slotIndex } from "@lucid/protocol";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import type { Beacons, Hearing } from "./contract.ts";
import type { EpochsInMemory } from "./epochs-in-memory.ts";
import type { Recents } from "./recents.ts";
import { lastClosedSlot, missedUntilOffline } from "./rules.ts";

export type ReadingDeps = {
  readonly network: Network;
  readonly clock: Clock;
  readonly registry: Registry;
  readonly epochs: EpochsInMemory;
  readonly recents: Recents;
  readonly hearing: Hearing;
};

/** What memory says about nodes, for screens; settlement reads documents instead. */
export const createReading = (
  deps: ReadingDeps,
): Pick<Beacons, "recent" | "isOnline" | "progress" | "marks"> => {
  const { network, clock, registry, epochs, recents, hearing } = deps;
  const { genesis } = network;
  let threshold = { closed: Number.NaN, slot: 0 };

  /** The slot whose beacon still makes a node online: the third last closed one that we could hear. */
  const onlineFrom = (closed: number): number => {
    if (threshold.closed === closed) return threshold.slot;
    const oldest = closed - 2 * genesis.slots_per_epoch;
    let slot = closed + 1;
    for (let missed = 0; missed < missedUntilOffline && slot > oldest;) {
      slot -= 1;
      if (!hearing.isDeaf(slot)) missed += 1;
    }
    threshold = { closed, slot };
    return slot;
  };

  const isAccepted = (ordinal: number, slot: number): boolean => {
    const state = epochs.get(epochOf(genesis, slot));
    return state !== null && getBit(state.accepted(ordinal), slotIndex(genesis, slot));
  };

  const recent: Beacons["recent"] = (nodeId) => {
    const node = registry.node(nodeId);
    const latest = node === null ? null : recents.get(node.ordinal);
    const open = epochs.get(epochOf(genesis, slotAt(genesis, clock.now())));
    return {
      lastSlot: latest?.slot ?? null,
      lastAtMs: latest?.atMs ?? null,
      agentVersion: latest?.agentVersion ?? null,
      committed: node !== null && open !== null && open.isCommitted(node.ordinal),
    };
  };

  const marks: Beacons["marks"] = (nodeId, fromSlot, toSlot) => {
    const node = registry.node(nodeId);
    const closed = lastClosedSlot(genesis, clock.now());
    let text = "";
    for (let slot = fromSlot; slot < toSlot; slot++) {
      if (node !== null && isAccepted(node.ordinal, slot)) text += "1";
      else if (registry.standingAt(nodeId, slot) !== "active") text += "-";
      else if (slot > closed) text += ".";
      else text += hearing.isDeaf(slot) ? "x" : "0";
    }
    return text;
  };

  return {
    recent,
    marks,
    isOnline: (nodeId, slot) => {
      const { lastSlot } = recent(nodeId);
      if (lastSlot === null) return false;
      const closed = Math.min(slot - 1, lastClosedSlot(genesis, clock.now()));
      return lastSlot > closed || lastSlot >= onlineFrom(closed);
    },
    progress: (nodeId) => {
      const now = clock.now();
      const epoch = epochOf(genesis, slotAt(genesis, now));
      const seen = marks(nodeId, firstSlotOf(genesis, epoch), lastClosedSlot(genesis, now) + 1);
      let present = 0;
      let missed = 0;
      for (const mark of seen) {
        if (mark === "1") present += 1;
        if (mark === "0") missed += 1;
      }
      return { epoch, present, eligible: present + missed };
    },
  };
};
