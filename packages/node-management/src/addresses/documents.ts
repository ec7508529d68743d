import { type Collection, type Documents, defineCollection } from "@lucid/platform/documents";
import type { AddressChange, AddressChangeCancellation } from "@lucid/protocol";
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
    facts.push({ fact: documentToChange(document), slot: document.sealed_slot });
  });
  await scanById(cancellations, (document) => {
    facts.push({ fact: documentToCancellation(document), slot: document.sealed_slot });
  });
  return facts;
};

export const changeId = ({ owner_id, seq }: { owner_id: string; seq: number }): string =>
  `${owner_id}#${seq}`;

export const changeToDocument = (change: AddressChange, atMs: number): AddressChangeDocument => ({
  ...change,
  id: changeId(change),
  announced_at: atMs,
  sealed_slot: null,
});

/** The change exactly as it was signed. */
export const documentToChange = ({
  id: _id,
  announced_at: _at,
  sealed_slot: _slot,
  ...change
}: AddressChangeDocument): AddressChange => change;

export const cancellationToDocument = (
  cancellation: AddressChangeCancellation,
  atMs: number,
): AddressCancellationDocument => ({
  ...cancellation,
  id: changeId(cancellation),
  announced_at: atMs,
  sealed_slot: null,
});

export const documentToCancellation = ({
  id: _id,
  announced_at: _at,
  sealed_slot: _slot,
  ...cancellation
}: AddressCancellationDocument): AddressChangeCancellation => cancellation;
