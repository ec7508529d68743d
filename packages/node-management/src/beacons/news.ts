import type { NetworkEvent } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Events } from "@lucid/platform/events";
import { base32 } from "@lucid/protocol";
import type { Batch } from "./segments.ts";
import { bodyBytes, eachEntry } from "./entry.ts";

const newsPerSecond = 50;

/** Tells live viewers about accepted beacons, never more of them than a screen can show. */
export const createNewsOfBeacons = ({
  events,
  clock,
}: {
  events: Events<NetworkEvent>;
  clock: Clock;
}) => {
  let second = 0;
  let told = 0;
  return ({ slot, entries }: Pick<Batch, "slot" | "entries">): void => {
    if (events.subscribers === 0) return;
    const now = Math.floor(clock.monotonic() / 1000);
    if (now !== second) told = 0;
    second = now;
    eachEntry(entries, (offset) => {
      if (told >= newsPerSecond) return;
      told += 1;
      const body = entries.subarray(offset, offset + bodyBytes);
      events.publish({ type: "beacon", slot, node_id: `node_${base32(body)}` });
    });
  };
};
