import type { Documents } from "@lucid/platform/documents";
import type { Adopter } from "../shared/adopt.ts";
import { markSealed } from "../shared/sealed.ts";
import { insertOrFind } from "../shared/written.ts";
import { maintenanceCollection } from "./documents.ts";

/** Announcements from the log, under the next number of their node. */
export const createMaintenanceAdopter = (
  documents: Pick<Documents, "collection">,
): Adopter<"maintenance"> => {
  const announcements = documents.collection(maintenanceCollection);
  return {
    type: "maintenance",
    adopt: async ({ slot, atMs }, sealed) => {
      for (const record of sealed) {
        const known = await announcements.find({ where: record });
        if (known.length > 0) {
          await markSealed(
            announcements,
            known.map(({ id }) => id),
            slot,
          );
          continue;
        }
        const { node_id } = record;
        const [last] = await announcements.find({
          where: { node_id },
          sort: [["seq", "desc"]],
          limit: 1,
        });
        const seq = (last?.seq ?? -1) + 1;
        const document = { id: `${node_id}#${seq}`, seq, announced_at: atMs, sealed_slot: slot };
        await insertOrFind(announcements, { ...document, ...record });
      }
    },
  };
};
