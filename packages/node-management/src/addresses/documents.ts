import { type Collection, type Documents, defineCollection } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";
import type { StoredAddressFact } from "../registry/index.ts";
import { scanById } from "../shared/scan.ts";
import { sealedSlot } from "../shared/sealed.ts";

const AddressChangeDocument = Type.Object({
  id: Type.String(),
  owner_id: Type.String(),
  seq: Type.Integer({ minimum: 0 }),
  node_id: Type.String(),
  old_address: Type.String(),
  new_address: Type.String(),
  new_wallet_signature: Type.String(),
  old_wallet_signature: Type.Optional(Type.String()),
  signature: Type.String(),
  announced_at: Type.Integer(),
  sealed_slot: sealedSlot(),
});

const AddressCancellationDocument = Type.Object({
  id: Type.String(),
  owner_id: Type.String(),
  seq: Type.Integer({ minimum: 0 }),
  wallet_signature: Type.String(),
  announced_at: Type.Integer(),
  sealed_slot: sealedSlot(),
});

export type AddressChangeDocument = Static<typeof AddressChangeDocument>;
export type AddressCancellationDocument = Static<typeof AddressCancellationDocument>;

/** One change is one document, `<owner_id>#<seq>`, as it was signed. */
export const addressChangeCollection = defineCollection({
  name: "address_changes",
  schema: AddressChangeDocument,
  unique: [["owner_id", "seq"]],
  indexes: [["sealed_slot", "announced_at"]],
});

/** The old wallet's word that takes one change back, under the id of the change. */
export const addressCancellationCollection = defineCollection({
  name: "address_cancellations",
  schema: AddressCancellationDocument,
  unique: [["owner_id", "seq"]],
  indexes: [["sealed_slot", "announced_at"]],
});

export type AddressCollections = {
  readonly changes: Collection<AddressChangeDocument>;
  readonly cancellations: Collection<AddressCancellationDocument>;
};

export const openAddresses = (documents: Pick<Documents, "collection">): AddressCollections => ({
  changes: documents.collection(addressChangeCollection),
  cancellations: documents.collection(addressCancellationCollection),
});

/** Every change and cancellation that was accepted, for whoever tells addresses by time. */
export const readAddressFacts = async (
  documents: Pick<Documents, "collection">,
): Promise<StoredAddressFact[]> => {
  const { changes, cancellations } = openAddresses(documents);
  const facts: StoredAddressFact[] = [];
  await scanById(changes, (document) => {
    facts.push(documentToStoredFact(document));
  });
  await scanById(cancellations, (document) => {
    facts.push(documentToStoredFact(document));
  });
  return facts;
};

export const changeId = ({ owner_id, seq }: { owner_id: string; seq: number }): string =>
  `${owner_id}#${seq}`;

/** A change or a cancellation as it is kept once it was accepted. */
export const factToDocument = <Fact extends { owner_id: string; seq: number }>(
  fact: Fact,
  atMs: number,
) => ({ ...fact, id: changeId(fact), announced_at: atMs, sealed_slot: null });

type Kept = Pick<AddressChangeDocument, "id" | "announced_at" | "sealed_slot">;

/** The change or cancellation exactly as it was signed. */
export const documentToFact = <Document extends Kept>({
  id: _id,
  announced_at: _at,
  sealed_slot: _slot,
  ...fact
}: Document): Omit<Document, keyof Kept> => fact;

/** It, and the slot in whose block it stands. */
export const documentToStoredFact = <Document extends Kept>(document: Document) => ({
  fact: documentToFact(document),
  slot: document.sealed_slot,
});
