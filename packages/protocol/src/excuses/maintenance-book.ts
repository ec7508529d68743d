import type { Bitmap } from "../beacons/bitmap.ts";
import type { Genesis } from "../genesis.ts";
import type { Maintenance } from "../records/types.ts";
import { epochOf } from "../time.ts";
import { judgeMaintenance, maintenanceSlots } from "./maintenance.ts";
import type { MaintenanceVerdict, SlotSpan } from "./maintenance.ts";

/** The maintenance of all nodes, taken from the log in its order. */
export type MaintenanceBook = {
  /** Judges a record and keeps it when it is valid; records come in the order of the log. */
  add(record: Maintenance, sealedSlot: number): MaintenanceVerdict;
  /** The slots of an epoch for which a node is excused; undefined for none, as settlement takes it. */
  slots(nodeId: string, epoch: number): Bitmap | undefined;
  /** Drops what is needed neither by settlements from `epoch` on nor by records sealed from `epoch` on. */
  forgetBefore(epoch: number): void;
};

/** See `judgeMaintenance` for what is valid. */
export function createMaintenanceBook(genesis: Genesis): MaintenanceBook {
  const valid = new Map<string, SlotSpan[]>();
  const lastEpoch = ({ to_slot }: SlotSpan) => epochOf(genesis, to_slot - 1);

  return {
    add({ node_id, from_slot, to_slot }, sealedSlot) {
      const span = { from_slot, to_slot };
      const known = valid.get(node_id) ?? [];
      const verdict = judgeMaintenance(genesis, known, span, sealedSlot);
      if (verdict.ok && !known.some((one) => covers(one, span)))
        valid.set(node_id, [...known, span]);
      return verdict;
    },

    slots(nodeId, epoch) {
      const known = valid.get(nodeId);
      const bitmap = known && maintenanceSlots(genesis, epoch, known);
      return bitmap?.some((byte) => byte !== 0) ? bitmap : undefined;
    },

    forgetBefore(epoch) {
      for (const [node, spans] of valid) {
        const kept = spans.filter((span) => lastEpoch(span) > epoch - 7);
        if (kept.length > 0) valid.set(node, kept);
        else valid.delete(node);
      }
    },
  };
}

function covers(one: SlotSpan, other: SlotSpan): boolean {
  return one.from_slot <= other.from_slot && one.to_slot >= other.to_slot;
}
