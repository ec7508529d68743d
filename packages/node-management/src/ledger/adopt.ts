import type { Documents } from "@lucid/platform/documents";
import { type Adopter, adoptSealed } from "../shared/adopt.ts";
import { documentToEntry, entryToDocument, ledgerCollection } from "./documents.ts";

/** Ledger entries from the log, each as it was hashed. */
export const createLedgerAdopter = (
  documents: Pick<Documents, "collection">,
): Adopter<"ledger_entry"> => {
  const entries = documents.collection(ledgerCollection);
  return {
    type: "ledger_entry",
    adopt: ({ slot }, sealed) =>
      adoptSealed(entries, sealed.map(entryToDocument), { slot, toRecord: documentToEntry }),
  };
};
