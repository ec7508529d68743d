import type { SealedSlot } from "@lucid/api";
import type { BlockNetwork } from "@lucid/protocol";
import type { AppendRefusal } from "./contract.ts";
import { refuse } from "./refusal.ts";

/** What is wrong with the order of slots after a log of `size` blocks; null when they ascend without gaps. */
export function judgeOrder(
  { genesis }: BlockNetwork,
  size: number,
  slots: readonly SealedSlot[],
): AppendRefusal | null {
  const next = genesis.first_slot + size;
  for (const [i, { slot }] of slots.entries()) {
    const before = slots[i - 1];
    if (before !== undefined && slot !== before.slot + 1) {
      const detail = `slot ${slot} does not follow on slot ${before.slot}`;
      return refuse("blocks.order", detail, { slot, expectedSlot: before.slot + 1 });
    }
    if (slot > next && before === undefined)
      return refuse("blocks.order", `slot ${next} comes next`, { slot, expectedSlot: next });
    if (slot < genesis.first_slot) {
      const detail = `slot ${slot} lies before the network's first, ${genesis.first_slot}`;
      return refuse("blocks.order", detail, { slot, expectedSlot: next });
    }
  }
  return null;
}
