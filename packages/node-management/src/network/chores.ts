import type { NetworkEvent } from "@lucid/api";
import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Clock } from "@lucid/platform/clock";
import type { Events } from "@lucid/platform/events";
import { epochOf, slotAt, slotStart } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import { toIso } from "../shared/view.ts";

/** Tells live viewers that a slot began. */
export const createSlotChore = ({
  network: { genesis },
  clock,
  events,
}: {
  network: Network;
  clock: Clock;
  events: Events<NetworkEvent>;
}): ChoreDefinition => ({
  name: "slot_news",
  timeoutMs: 1000,
  due: (afterMs) => slotStart(genesis, slotAt(genesis, afterMs) + 1),
  run: async () => {
    const now = clock.now();
    const slot = slotAt(genesis, now);
    events.publish({ type: "slot", slot, epoch: epochOf(genesis, slot), at: toIso(now) });
  },
});
