import type { ResponseOf, Routes } from "@lucid/api";

export type MaintenanceView = ResponseOf<Routes["announceMaintenance"]>;

const states: Record<MaintenanceView["state"], string> = {
  announced: "announced; it counts once a block tells it",
  sealed: "told in a block: it counts",
  under_way: "under way",
  over: "over",
  void: "void: no block told it in time",
};

/** One line about an announced maintenance. */
export const describeMaintenance = (one: MaintenanceView): string =>
  `slots ${one.from_slot} to ${one.to_slot - 1} (${moment(one.from)} until ${moment(one.to)} UTC)  ${states[one.state]}`;

const moment = (iso: string): string => iso.slice(0, 19).replace("T", " ");
