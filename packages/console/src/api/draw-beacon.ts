import type { NetworkEvent, ResponseOf, Routes } from "@lucid/api";
import type { QueryClient } from "@tanstack/react-query";
import type { Reading } from "./reading.ts";

type Presence = ResponseOf<Routes["getPresence"]>;
type Beacon = Pick<Extract<NetworkEvent, { type: "beacon" }>, "node_id" | "slot">;

/** Marks an accepted beacon in every presence that is on the screen, without asking the service. */
export const drawBeacon = (queries: QueryClient, beacon: Beacon): void => {
  queries.setQueriesData<Reading<Presence>>({ queryKey: ["getPresence"] }, (reading) =>
    reading === undefined ? undefined : { ...reading, value: withBeacon(reading.value, beacon) },
  );
};

/** The presence with one slot marked as heard; the same object when it does not show that slot. */
export const withBeacon = (presence: Presence, { node_id, slot }: Beacon): Presence => {
  const place = slot - presence.from_slot;
  const row = presence.items.findIndex((item) => item.node_id === node_id);
  const slots = presence.items[row]?.slots;
  if (slots === undefined || place < 0 || place >= slots.length) return presence;
  const marked = `${slots.slice(0, place)}1${slots.slice(place + 1)}`;
  return { ...presence, items: presence.items.with(row, { node_id, slots: marked }) };
};
