import type { ResponseOf, Routes } from "@lucid/api";

export type Tone = "good" | "bad" | "busy" | "quiet";

export type NodeStatus = ResponseOf<Routes["getNode"]>["status"];
export type PayoutState = ResponseOf<Routes["getPayout"]>["state"];
export type EpochState = ResponseOf<Routes["getEpoch"]>["state"];

/** How a status word is set: its colour, and the mark that says the same without colour. */
export const statusTones: Record<NodeStatus | PayoutState | EpochState, Tone> = {
  online: "good",
  offline: "bad",
  pending: "busy",
  suspended: "bad",
  retired: "quiet",
  created: "busy",
  approved: "busy",
  signed: "busy",
  broadcast: "busy",
  confirmed: "good",
  failed: "bad",
  expired: "bad",
  disputed: "bad",
  cancelled: "quiet",
  open: "busy",
  closing: "busy",
  closed: "good",
};

export const toneMarks: Record<Tone, string> = { good: "●", bad: "▲", busy: "◐", quiet: "○" };
