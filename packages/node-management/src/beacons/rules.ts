import { acceptanceWindow, type Genesis, slotAt } from "@lucid/protocol";

/** Closed slots in a row without a beacon after which a node is shown as offline. */
export const missedUntilOffline = 3;

/** Whether a slot is open for beacons at a moment: from its start until the grace after its end. */
export const slotPhase = (
  genesis: Genesis,
  slot: number,
  nowMs: number,
): "early" | "open" | "closed" => {
  const { fromMs, untilMs } = acceptanceWindow(genesis, slot);
  if (nowMs < fromMs) return "early";
  return nowMs < untilMs ? "open" : "closed";
};

/** The last slot whose grace is over. */
export const lastClosedSlot = (genesis: Genesis, nowMs: number): number =>
  slotAt(genesis, nowMs - genesis.grace_ms) - 1;

/** More than a tenth of a slot without any accepting replica makes it deaf (protocol, Excuses). */
export const isDeafFor = (genesis: Genesis, deafMs: number): boolean =>
  10 * deafMs > genesis.slot_ms;
