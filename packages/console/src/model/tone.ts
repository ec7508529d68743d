import type { ResponseOf, Routes } from "@lucid/api";

export type Tone = "good" | "bad" | "busy" | "quiet";

export type NodeStatus = ResponseOf<Routes["getNode"]>["status"];
type PayoutState = ResponseOf<Routes["getPayout"]>["state"];
type PoolStatus = ResponseOf<Routes["getPool"]>["status"];
type AddressChangeState = ResponseOf<Routes["listAddressChanges"]>["items"][number]["state"];
type CommandState = ResponseOf<Routes["listCommands"]>["items"][number]["state"];
type MaintenanceState = ResponseOf<Routes["listMaintenance"]>["items"][number]["state"];
type EpochState = ResponseOf<Routes["getEpoch"]>["state"];

/** How a status word is set: its colour, and the mark that says the same without colour. */
export const statusTones: Record<
  | NodeStatus
  | PoolStatus
  | PayoutState
  | AddressChangeState
  | CommandState
  | MaintenanceState
  | EpochState,
  Tone
> = {
  online: "good",
  offline: "bad",
  maintenance: "busy",
  pending: "busy",
  suspended: "bad",
  retired: "quiet",
  active: "good",
  degraded: "bad",
  draining: "busy",
  disbanded: "quiet",
  created: "busy",
  approved: "busy",
  signed: "busy",
  broadcast: "busy",
  confirmed: "good",
  failed: "bad",
  expired: "bad",
  disputed: "bad",
  cancelled: "quiet",
  announced: "busy",
  in_force: "good",
  left: "quiet",
  void: "quiet",
  queued: "busy",
  delivered: "busy",
  done: "good",
  sealed: "good",
  under_way: "busy",
  over: "quiet",
  open: "busy",
  closing: "busy",
  closed: "good",
};

export const toneMarks: Record<Tone, string> = { good: "●", bad: "▲", busy: "◐", quiet: "○" };
