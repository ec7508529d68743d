import { type Collection, defineCollection } from "@lucid/platform/documents";
import type { Maintenance } from "@lucid/protocol";
import { type Static, Type } from "typebox";
import { sealedSlot } from "../shared/sealed.ts";

const MaintenanceDocument = Type.Object({
  id: Type.String(),
  node_id: Type.String(),
  seq: Type.Integer({ minimum: 0 }),
  from_slot: Type.Integer({ minimum: 0 }),
  /** Not included. */
  to_slot: Type.Integer({ minimum: 0 }),
  announced_at: Type.Integer(),
  sealed_slot: sealedSlot(),
});

export type MaintenanceDocument = Static<typeof MaintenanceDocument>;

/** One announcement is one document, `<node_id>#<seq>`: the limit is kept by whoever takes a node's next number. */
export const maintenanceCollection = defineCollection({
  name: "maintenance",
  schema: MaintenanceDocument,
  unique: [["node_id", "seq"]],
  indexes: [["sealed_slot", "announced_at"], ["to_slot"], ["node_id", "from_slot", "to_slot"]],
});

export type MaintenanceCollection = Collection<MaintenanceDocument>;

export const documentToRecord = ({
  node_id,
  from_slot,
  to_slot,
}: MaintenanceDocument): Maintenance => ({ node_id, from_slot, to_slot });
