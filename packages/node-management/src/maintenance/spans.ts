import type { Maintenance, SlotSpan } from "@lucid/protocol";

/** Which nodes the log excuses in which slots, for whoever asks for a node's status. */
export type SpansInMemory = {
  add(record: Maintenance): void;
  covers(nodeId: string, slot: number): boolean;
  /** Drops what is over in a slot. */
  forgetBefore(slot: number): void;
};

export const createSpans = (): SpansInMemory => {
  const byNode = new Map<string, SlotSpan[]>();
  return {
    add: ({ node_id, from_slot, to_slot }) => {
      const known = byNode.get(node_id) ?? [];
      if (!known.some((one) => one.from_slot === from_slot && one.to_slot === to_slot))
        byNode.set(node_id, [...known, { from_slot, to_slot }]);
    },
    covers: (nodeId, slot) =>
      byNode.get(nodeId)?.some((one) => one.from_slot <= slot && slot < one.to_slot) === true,
    forgetBefore: (slot) => {
      for (const [nodeId, spans] of byNode) {
        const kept = spans.filter(({ to_slot }) => to_slot > slot);
        if (kept.length > 0) byNode.set(nodeId, kept);
        else byNode.delete(nodeId);
      }
    },
  };
};
