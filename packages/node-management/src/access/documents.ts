import { defineCollection } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";

const orNull = Type.Union([Type.String(), Type.Null()]);

const RevocationDocument = Type.Object({
  /** `token:<id>`, or `principal:<id>#<moment>`. */
  id: Type.String(),
  token_id: orNull,
  principal_id: orNull,
  reason: Type.String(),
  by: Type.String(),
  at: Type.Integer(),
});

/** One token, or all that a principal was given until then, is worth nothing any more. */
export type RevocationDocument = Static<typeof RevocationDocument>;

export const revocationCollection = defineCollection({
  name: "revocations",
  schema: RevocationDocument,
  indexes: [["at"]],
});
