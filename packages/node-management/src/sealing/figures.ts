import type { Metrics } from "@lucid/platform/metrics";
import type { Sender } from "./sender.ts";
import type { SlotDocument } from "./documents.ts";

const latenessBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600, 86_400];

/** What sealing came to, in figures. */
export const createSealingFigures = (metrics: Pick<Metrics, "counter" | "gauge" | "histogram">) => {
  const slots = metrics.counter("lucid_sealed_slots_total", "Slots sealed");
  const leaves = metrics.counter("lucid_sealed_leaves_total", "Leaves of the blocks sealed");
  const slot = metrics.gauge("lucid_sealed_slot", "The latest sealed slot");
  const backlog = metrics.gauge("lucid_sealing_backlog", "Records that wait for room in a block");
  const lateness = metrics.histogram(
    "lucid_seal_lateness_seconds",
    "From the end of a slot's grace to its seal",
    [],
    latenessBuckets,
  );
  const lag = metrics.gauge("lucid_log_lag_slots", "Sealed slots that the log does not have yet");
  const appended = metrics.gauge("lucid_log_appended_slot", "The latest slot that the log has");
  const senderState = metrics.gauge("lucid_log_sender", "1 for how sending to the log stands", [
    "state",
  ]);
  return {
    sending: (sender: Sender): void => {
      lag.set(sender.lagSlots());
      appended.set(sender.appendedSlot() ?? -1);
      senderState.reset();
      senderState.set({ state: sender.state().state }, 1);
    },
    /** @param closesMs when the last of these slots could be sealed (Unix ms) */
    sealed: (count: number, last: SlotDocument, closesMs: number): void => {
      slots.inc(count);
      leaves.inc(last.body_count);
      slot.set(last.slot);
      backlog.set(last.backlog);
      lateness.observe(Math.max(0, last.sealed_at - closesMs) / 1000);
    },
  };
};
