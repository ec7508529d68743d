import type { Documents } from "@lucid/platform/documents";
import { type Adopter, adoptSealed } from "../shared/adopt.ts";
import { auditRootCollection } from "./documents.ts";

/** Roots of the audit trail from the log; the lines that they come to are not in it. */
export const createAuditAdopter = (
  documents: Pick<Documents, "collection">,
): Adopter<"audit_root"> => {
  const roots = documents.collection(auditRootCollection);
  return {
    type: "audit_root",
    adopt: ({ slot, atMs }, sealed) =>
      adoptSealed(
        roots,
        sealed.map((root) => ({ ...root, id: String(root.epoch), at: atMs, sealed_slot: null })),
        { slot, toRecord: ({ epoch, count, root }) => ({ epoch, count, root }) },
      ),
  };
};
