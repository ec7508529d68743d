import type { Documents } from "@lucid/platform/documents";
import type { RecordSource } from "../shared/record-source.ts";
import { markSealed } from "../shared/sealed.ts";
import { auditRootCollection } from "./documents.ts";

/** Roots of the audit trail for the log, from the moment on at which they were fixed. */
export const createAuditSource = ({
  documents,
}: {
  documents: Pick<Documents, "collection">;
}): RecordSource<"audit_root"> => {
  const roots = documents.collection(auditRootCollection);
  return {
    type: "audit_root",
    collect: async ({ endMs }) => {
      const unsealed = await roots.find({
        where: { sealed_slot: null },
        sort: [["epoch", "asc"]],
      });
      return unsealed
        .filter(({ at }) => at < endMs)
        .map(({ epoch, count, root }) => ({ epoch, count, root }));
    },
    mark: (slot, sealed) =>
      markSealed(
        roots,
        sealed.map(({ epoch }) => String(epoch)),
        slot,
      ),
  };
};
