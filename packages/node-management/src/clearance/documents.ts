import { defineCollection } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";

/** What a clearance is for; when any of it changes, it is for something else. */
export const Scope = Type.Object({
  network_id: Type.String(),
  chain: Type.String(),
  token: Type.String(),
  wallet: Type.String(),
  endpoints: Type.Array(Type.String()),
  history: Type.String(),
  signer_socket: Type.String(),
  signer_uid: Type.Integer(),
  /** Since when the signer's journal is complete: a new journal is another signer. */
  signer_since: Type.String(),
});

export type Scope = Static<typeof Scope>;

const ClearanceDocument = Type.Object({
  /** The hash of its scope. */
  id: Type.String({ pattern: "^[0-9a-f]{64}$" }),
  scope: Scope,
  by: Type.String(),
  at: Type.Integer(),
  reason: Type.String(),
  /** What was seen before it was decided. */
  checks: Type.Array(Type.Object({ name: Type.String(), detail: Type.String() })),
});

/** Somebody enabled signing for one set-up, after checks. */
export type ClearanceDocument = Static<typeof ClearanceDocument>;

export const clearanceCollection = defineCollection({
  name: "clearances",
  schema: ClearanceDocument,
  indexes: [["at"]],
});

export const clearanceCollections = [clearanceCollection] as const;
