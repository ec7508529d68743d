import type { Collection } from "@lucid/platform/documents";
import { decodeBody, type SealedRecord } from "@lucid/protocol";
import type { AnyRecordSource, RecordSource } from "../shared/record-source.ts";
import type { SlotDocument } from "./documents.ts";
import type { Progress } from "./progress.ts";

export type Marker = {
  /** Tells every source which of its facts stand in the block of a slot. */
  mark(slot: number, records: readonly SealedRecord[]): Promise<void>;
  /** Does that for all sealed slots for which nobody did, as after a crash. */
  catchUp(lastSlot: number): Promise<void>;
};

export const createMarker = (
  { slots, progress }: { slots: Collection<SlotDocument>; progress: Progress },
  sources: () => readonly AnyRecordSource[],
): Marker => {
  const mark = async (slot: number, records: readonly SealedRecord[]): Promise<void> => {
    if (records.length === 0) return;
    const byType = Map.groupBy(records, ({ record }) => record);
    for (const source of sources() as readonly RecordSource[]) {
      const sealed = byType.get(source.type)?.map(({ data }) => data) ?? [];
      if (sealed.length > 0) await source.mark(slot, sealed);
    }
    await progress.advance("marked", slot);
  };
  return {
    mark,
    catchUp: async (lastSlot) => {
      const marked = (await progress.of("marked"))?.slot ?? -1;
      for (let after = marked; after < lastSlot;) {
        const [next] = await slots.find({
          where: { has_records: true, slot: { gt: after } },
          sort: [["slot", "asc"]],
          limit: 1,
        });
        if (next === undefined || next.slot > lastSlot) return;
        await mark(next.slot, recordsOf(next));
        after = next.slot;
      }
    },
  };
};

const recordsOf = ({ body }: SlotDocument): SealedRecord[] =>
  body === undefined
    ? []
    : decodeBody(body).flatMap(({ leaf }) => (leaf.kind === "record" ? [leaf] : []));
