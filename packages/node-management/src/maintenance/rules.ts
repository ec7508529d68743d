import { type Genesis, judgeMaintenance, type SlotSpan, slotAt, slotStart } from "@lucid/protocol";
import type { MaintenanceState } from "./contract.ts";
import type { MaintenanceDocument } from "./documents.ts";

/** The first slot that can still be announced: what is stored while a slot ends may stand in the next one's block. */
export const firstFreeSlot = (slot: number): number => slot + 2;

/** No block told it before its first slot, and none can any more: it excuses nothing. */
export const isVoid = (
  { from_slot, sealed_slot }: Pick<MaintenanceDocument, "from_slot" | "sealed_slot">,
  slot: number,
): boolean => (sealed_slot ?? slot) >= from_slot;

/** How an announcement stands in the slot that is open. */
export const stateOf = (announced: MaintenanceDocument, slot: number): MaintenanceState => {
  const { from_slot, to_slot, sealed_slot } = announced;
  if (sealed_slot === null && slot < from_slot) return "announced";
  if (isVoid(announced, slot)) return "void";
  if (slot < from_slot) return "sealed";
  return slot < to_slot ? "under_way" : "over";
};

/** Whether both hold: told in time, and together with what else the node announced within the limit. */
export const judgeSpan = (
  genesis: Genesis,
  announced: readonly MaintenanceDocument[],
  span: SlotSpan,
  slot: number,
): { code: "maintenance.late" | "maintenance.too_much"; detail: string } | null => {
  const first = firstFreeSlot(slot);
  if (span.from_slot < first) {
    const at = new Date(slotStart(genesis, first)).toISOString();
    const detail = `/from_slot: ${span.from_slot} begins too soon; the first slot that can be announced now is ${first}, at ${at}`;
    return { code: "maintenance.late", detail };
  }
  const counting = announced.filter((one) => !isVoid(one, slot));
  const verdict = judgeMaintenance(genesis, counting, span, slot);
  return verdict.ok
    ? null
    : { code: "maintenance.too_much", detail: `/to_slot: ${verdict.detail}` };
};

/** A side of a span as it was asked for: a slot, or a moment (ISO-8601). */
export type Edge = { readonly slot?: number | undefined; readonly at?: string | undefined };

/** The whole slots that a span touches; a sentence that names the field for one that is none. */
export const spanOf = (genesis: Genesis, from: Edge, to: Edge): SlotSpan | string => {
  const from_slot = edgeToSlot(genesis, from, 0);
  const to_slot = edgeToSlot(genesis, to, genesis.slot_ms - 1);
  if (from_slot === null) return "/from_slot: give either from_slot or from";
  if (to_slot === null) return "/to_slot: give either to_slot or to";
  return to_slot > from_slot
    ? { from_slot, to_slot }
    : `/to_slot: ${to_slot} is not after from_slot ${from_slot}`;
};

const edgeToSlot = (genesis: Genesis, { slot, at }: Edge, roundMs: number): number | null => {
  if ((slot === undefined) === (at === undefined)) return null;
  if (slot !== undefined) return slot;
  return Math.max(0, slotAt(genesis, Date.parse(at ?? "") + roundMs));
};
