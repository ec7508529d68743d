import type { AlarmKind } from "../log/index.ts";

/** What an agent tells; `lucid node run --json` prints each as one line. */
export type AgentEvent =
  | {
      event: "started";
      node_id: string;
      network_id: string;
      service: string;
      slot: number;
      epoch: number;
    }
  | { event: "connected"; after_ms: number | null }
  | { event: "committed"; epoch: number }
  | {
      event: "beacon";
      slot: number;
      epoch: number;
      slot_index: number;
      signed: boolean;
      missed: number;
    }
  | { event: "lost"; slot: number; code: string; detail: string }
  | { event: "waiting"; code: string; detail: string }
  | { event: "unreachable"; code: string; detail: string }
  | { event: "clock"; skew_ms: number }
  | { event: "other_boot" }
  | {
      event: "log_alarm";
      kind: AlarmKind;
      shown_size: number;
      remembered_size: number | null;
      detail: string;
      /** The file that proves it; null when there are enough of them already. */
      evidence: string | null;
    }
  | { event: "log_not_kept"; detail: string }
  | { event: "command"; id: string; action: string }
  | { event: "command_refused"; code: string; detail: string }
  | { event: "command_not_told"; code: string; detail: string }
  | { event: "stopped" };

export type Report = (event: AgentEvent) => void;
