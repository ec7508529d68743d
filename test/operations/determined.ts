import { openStoreSnapshot } from "@lucid/node-management";
import { testConfig } from "../../packages/node-management/src/testing/service.ts";

type Document = Readonly<Record<string, unknown>>;

/** Fields that the log does not tell, by collection; a collection that is not named is not in the log. */
const untold: Readonly<Record<string, readonly string[]>> = {
  policies: ["made_at", "made_by"],
  nodes: ["enrolled_at"],
  owners: ["created_at"],
  standings: ["made_at", "made_in_slot"],
  address_changes: ["announced_at"],
  address_cancellations: ["announced_at"],
  seats: ["changed_at", "is_told"],
  seat_records: [],
  maintenance: ["announced_at"],
  commitments: ["received_at"],
  excuses: [],
  slots: [],
  epochs: ["closing_at", "picked_at", "closed_at"],
  epoch_results: [],
  silences: [],
  ledger: [],
  payouts: [
    "why",
    "fence",
    "changed_at",
    "expiration_ms",
    "fee_limit_sun",
    "fee_sun",
    "raw_data",
    "ref_block_id",
    "ref_block_number",
    "signed_data",
  ],
  payout_days: ["revision", "fence"],
  audit_roots: ["at"],
};

/** The documents of a network's folder as far as its log determines them, in the order of their ids. */
export const readDetermined = async (data: string): Promise<Map<string, Document[]>> => {
  await using snapshot = await openStoreSnapshot(testConfig(data));
  const found = new Map<string, Document[]>();
  for (const [name, fields] of Object.entries(untold)) {
    const documents: Document[] = [];
    for await (const document of snapshot.documents(name))
      documents.push(without(document, fields));
    found.set(
      name,
      documents.toSorted((a, b) => (String(a["id"]) < String(b["id"]) ? -1 : 1)),
    );
  }
  return found;
};

const without = (document: Document, fields: readonly string[]): Document =>
  Object.fromEntries(
    Object.entries(document)
      .filter(([name]) => !fields.includes(name))
      .map(([name, value]) => [name, normal[name]?.(value as Document[]) ?? value]),
  );

/** Below a document: no moment that the log does not tell, and no order where it tells none. */
const normal: Readonly<Record<string, (items: readonly Document[]) => Document[]>> = {
  changes: (changes) => changes.map(({ made_at: _madeAt, ...change }) => change),
  reservations: (made) =>
    made.toSorted((a, b) => (String(a["payout_id"]) < String(b["payout_id"]) ? -1 : 1)),
};
