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
  /** When the last token that it is about has expired; absent where nobody here knows. */
  until: Type.Optional(Type.Integer()),
});

/** One token, or all that a principal was given until then, is worth nothing any more. */
export type RevocationDocument = Static<typeof RevocationDocument>;

export const revocationCollection = defineCollection({
  name: "revocations",
  retention: { words: "for as long as a token that they name may live" },
  schema: RevocationDocument,
  indexes: [["at"], ["until"]],
});

const AnsweredChallengeDocument = Type.Object({
  /** The challenge. */
  id: Type.String(),
  expires_at: Type.Integer(),
  /** Random: whose answer it was. */
  answer: Type.String(),
});

/** A challenge that was answered, so that its signature opens nothing a second time. */
export const answeredChallengeCollection = defineCollection({
  name: "answered_challenges",
  retention: { words: "until the challenge has expired" },
  schema: AnsweredChallengeDocument,
  indexes: [["expires_at"]],
});
