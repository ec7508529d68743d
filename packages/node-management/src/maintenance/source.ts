import type { Maintenance } from "@lucid/protocol";
import type { RecordSource } from "../shared/record-source.ts";
import { markSealed } from "../shared/sealed.ts";
import { documentToRecord, type MaintenanceCollection } from "./documents.ts";

/** Announcements for the log, as long as a block can still tell them before their first slot. */
export const createMaintenanceSource = (
  collection: MaintenanceCollection,
  onSealed: (record: Maintenance, slot: number) => void,
): RecordSource<"maintenance"> => ({
  type: "maintenance",
  collect: async ({ slot, endMs }) => {
    const unsealed = await collection.find({
      where: { sealed_slot: null, announced_at: { lt: endMs } },
    });
    return unsealed.filter(({ from_slot }) => from_slot > slot).map(documentToRecord);
  },
  mark: async (slot, sealed) => {
    const found = await Promise.all(
      sealed.map(({ node_id, from_slot, to_slot }) =>
        collection.find({ where: { node_id, from_slot, to_slot } }),
      ),
    );
    await markSealed(
      collection,
      found.flat().map(({ id }) => id),
      slot,
    );
    for (const record of sealed) onSealed(record, slot);
  },
});
