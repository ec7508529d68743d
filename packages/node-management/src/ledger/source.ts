import type { Documents } from "@lucid/platform/documents";
import type { RecordSource } from "../shared/record-source.ts";
import { markSealed } from "../shared/sealed.ts";
import { documentToEntry, entryId, ledgerCollection, type LedgerDocument } from "./documents.ts";

/** Ledger entries for the log. None stands before the one it follows in its account. */
export const createLedgerSource = ({
  documents,
}: {
  documents: Pick<Documents, "collection">;
}): RecordSource<"ledger_entry"> => {
  const entries = documents.collection(ledgerCollection);
  return {
    type: "ledger_entry",
    collect: async ({ endMs }) => {
      const due = await entries.find({ where: { sealed_slot: null, at: { lt: endMs } } });
      if (due.length === 0) return [];
      const later = await entries.find({ where: { sealed_slot: null, at: { gte: endMs } } });
      return withoutGaps(due, later).map(documentToEntry);
    },
    mark: (slot, sealed) =>
      markSealed(
        entries,
        sealed.map(({ account, seq }) => entryId(account, seq)),
        slot,
      ),
  };
};

/** An entry whose moment is due waits while one before it in its account is not: moments need not ascend. */
const withoutGaps = (
  due: readonly LedgerDocument[],
  later: readonly LedgerDocument[],
): LedgerDocument[] => {
  const waiting = new Map<string, number>();
  for (const { account, seq } of later)
    waiting.set(account, Math.min(seq, waiting.get(account) ?? seq));
  return due.filter(({ account, seq }) => seq < (waiting.get(account) ?? Infinity));
};
