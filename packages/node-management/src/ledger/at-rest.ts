import type { Documents } from "@lucid/platform/documents";
import { ledgerCollection } from "./documents.ts";
import { type LedgerVerdict, verifyAll } from "./verify.ts";

/** Checks every account's chain of an open store; stops at the first that does not hold. */
export const verifyLedger = (documents: Pick<Documents, "collection">): Promise<LedgerVerdict> =>
  verifyAll(documents.collection(ledgerCollection));
