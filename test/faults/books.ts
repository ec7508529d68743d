import { join } from "node:path";
import { type Documents, openDocuments } from "@lucid/platform/documents";
import { collections } from "../../packages/node-management/src/collections.ts";
import { ledgerCollection } from "../../packages/node-management/src/ledger/documents.ts";
import { verifyAll } from "../../packages/node-management/src/ledger/verify.ts";
import { payoutCollection } from "../../packages/node-management/src/payouts/documents.ts";

/** A transfer of the token as the chain has it. */
export type ChainTransfer = {
  readonly txid: string;
  readonly to: string;
  readonly amountMicro: bigint;
};

export type Books = {
  readonly ledger_ok: boolean;
  readonly payouts: number;
  readonly confirmed: number;
  /** Sentences; empty when chain and books agree. */
  readonly differences: readonly string[];
};

/** Reads the store of a service that has stopped, and compares it with what others saw. */
export async function auditBooks(
  directory: string,
  transfers: readonly ChainTransfer[],
): Promise<Books> {
  const path = join(directory, "node-management.sqlite");
  await using documents = await openDocuments({ engine: "sqlite", path }, collections);
  const verdict = await verifyAll(documents.collection(ledgerCollection));
  const payouts = await documents.collection(payoutCollection).find({});
  const confirmed = payouts.filter(({ state }) => state === "confirmed");
  return {
    ledger_ok: verdict.ok,
    payouts: payouts.length,
    confirmed: confirmed.length,
    differences: [
      ...(await undebited(documents, payouts)),
      ...unlike(
        confirmed.map(({ txid = "", recipient, net_micro }) => `${txid} ${recipient} ${net_micro}`),
        transfers.map(({ txid, to, amountMicro }) => `${txid} ${to} ${amountMicro}`),
      ),
    ],
  };
}

/** Payouts whose debit does not stand in the ledger. */
async function undebited(
  documents: Documents,
  payouts: readonly { id: string; gross_micro: bigint }[],
): Promise<string[]> {
  const ledger = documents.collection(ledgerCollection);
  const found: string[] = [];
  for (const { id, gross_micro } of payouts) {
    const [debit] = await ledger.find({ where: { key: `payout:${id}` }, limit: 1 });
    if (debit?.amount_micro !== -gross_micro) found.push(`${id} has no debit of ${gross_micro}`);
  }
  return found;
}

function unlike(inBooks: readonly string[], onChain: readonly string[]): string[] {
  return [
    ...minus(inBooks, onChain).map((line) => `confirmed, but not on the chain: ${line}`),
    ...minus(onChain, inBooks).map((line) => `on the chain, but not confirmed: ${line}`),
  ];
}

/** What is left of `all` when each of `others` takes one equal away: twice on the chain is not once. */
function minus(all: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return all.filter((line) => {
    const position = rest.indexOf(line);
    if (position === -1) return true;
    rest.splice(position, 1);
    return false;
  });
}
