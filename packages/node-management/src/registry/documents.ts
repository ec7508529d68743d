import { defineCollection } from "@lucid/platform/documents";
import type { Enrolment } from "@lucid/protocol";
import { type Static, Type } from "typebox";
import { sealedSlot } from "../shared/sealed.ts";
import type { StandingChange } from "./contract.ts";

const NodeDocument = Type.Object({
  id: Type.String(),
  owner_id: Type.String(),
  public_key: Type.String(),
  address: Type.String(),
  seq: Type.Integer(),
  header_hash: Type.String(),
  nonce: Type.String(),
  wallet_signature: Type.String(),
  signature: Type.String(),
  enrolled_at: Type.Integer(),
  sealed_slot: sealedSlot(),
});

const OwnerDocument = Type.Object({
  id: Type.String(),
  first_address: Type.String(),
  created_at: Type.Integer(),
});

const AddressClaimDocument = Type.Object({
  /** The address. */
  id: Type.String(),
  holder: Type.String(),
  /** Grows with every change. */
  revision: Type.Integer({ minimum: 0 }),
  claimed_at: Type.Integer(),
});

const StandingDocument = Type.Object({
  id: Type.String(),
  node_id: Type.String(),
  seq: Type.Integer({ minimum: 0 }),
  standing: Type.Union([
    Type.Literal("active"),
    Type.Literal("suspended"),
    Type.Literal("retired"),
  ]),
  reason: Type.String(),
  by: Type.Union([
    Type.Literal("admission"),
    Type.Literal("operator"),
    Type.Literal("owner"),
    Type.Literal("flag"),
  ]),
  made_in_slot: Type.Integer(),
  made_at: Type.Integer(),
  sealed_slot: sealedSlot(),
});

export type NodeDocument = Static<typeof NodeDocument>;
export type OwnerDocument = Static<typeof OwnerDocument>;
export type AddressClaimDocument = Static<typeof AddressClaimDocument>;
export type StandingDocument = Static<typeof StandingDocument>;

/** One enrolment is one document: the decision that a node exists, with everything that was signed. */
export const nodeCollection = defineCollection({
  name: "nodes",
  schema: NodeDocument,
  indexes: [["sealed_slot", "enrolled_at"]],
});

/** Follows from the first enrolment with an address. */
export const ownerCollection = defineCollection({
  name: "owners",
  schema: OwnerDocument,
  unique: [["first_address"]],
});

/** Who may name an address for the first time just now; one document for each address. */
export const addressClaimCollection = defineCollection({
  name: "address_claims",
  schema: AddressClaimDocument,
});

/** One decision about a node's standing is one document, `<node_id>#<seq>`. */
export const standingCollection = defineCollection({
  name: "standings",
  schema: StandingDocument,
  unique: [["node_id", "seq"]],
  indexes: [["sealed_slot", "made_at"]],
});

export const enrolmentToDocument = (
  enrolment: Enrolment,
  decided: { nodeId: string; ownerId: string; atMs: number },
): NodeDocument => ({
  id: decided.nodeId,
  owner_id: decided.ownerId,
  enrolled_at: decided.atMs,
  public_key: enrolment.public_key,
  address: enrolment.address,
  seq: enrolment.seq,
  header_hash: enrolment.header_hash,
  nonce: enrolment.nonce,
  wallet_signature: enrolment.wallet_signature,
  signature: enrolment.signature,
  sealed_slot: null,
});

/** The enrolment exactly as it was signed. */
export const documentToEnrolment = (document: NodeDocument): Enrolment => ({
  public_key: document.public_key,
  address: document.address,
  seq: document.seq,
  header_hash: document.header_hash,
  nonce: document.nonce,
  wallet_signature: document.wallet_signature,
  signature: document.signature,
});

export const standingId = (nodeId: string, seq: number): string => `${nodeId}#${seq}`;

export const documentToChange = (document: StandingDocument): StandingChange => ({
  seq: document.seq,
  standing: document.standing,
  reason: document.reason,
  by: document.by,
  madeInSlot: document.made_in_slot,
  sealed_slot: document.sealed_slot ?? document.made_in_slot,
  madeAtMs: document.made_at,
});
