import {
  type Bitmap,
  type Genesis,
  type Maintenance,
  maintenanceSlots,
  type SlotSpan,
} from "@lucid/protocol";

/** Which nodes the log excuses in which slots, for whoever asks for a node's status. */
export type SpansInMemory = {
  add(record: Maintenance): void;
  covers(nodeId: string, slot: number): boolean;
  /** The slots of an epoch; undefined for a node without any. */
  slots(nodeId: string, epoch: number): Bitmap | undefined;
  /** Drops what was over before a slot. */
  forgetBefore(slot: number): void;
};

export const createSpans = (genesis: Genesis): SpansInMemory => {
  const byNode = new Map<string, SlotSpan[]>();
  return {
    add: ({ node_id, from_slot, to_slot }) => {
      const known = byNode.get(node_id) ?? [];
      if (!known.some((one) => one.from_slot === from_slot && one.to_slot === to_slot))
        byNode.set(node_id, [...known, { from_slot, to_slot }]);
    },
    covers: (nodeId, slot) =>
      byNode.get(nodeId)?.some((one) => one.from_slot <= slot && slot < one.to_slot) === true,
    slots: (nodeId, epoch) => {
      const spans = byNode.get(nodeId);
      return spans && maintenanceSlots(genesis, epoch, spans);
    },
    forgetBefore: (slot) => {
      for (const [nodeId, spans] of byNode) {
        const kept = spans.filter(({ to_slot }) => to_slot > slot);
        if (kept.length > 0) byNode.set(nodeId, kept);
        else byNode.delete(nodeId);
      }
    },
  };
};
