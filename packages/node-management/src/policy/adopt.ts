import type { Documents } from "@lucid/platform/documents";
import { type Adopter, adoptSealed } from "../shared/adopt.ts";
import { policyCollection, policyToDocument } from "./documents.ts";

/** Policies from the log; who announced them it does not say. */
export const createPolicyAdopter = (
  documents: Pick<Documents, "collection">,
): Adopter<"policy"> => {
  const policies = documents.collection(policyCollection);
  return {
    type: "policy",
    adopt: ({ slot, atMs }, sealed) =>
      adoptSealed(
        policies,
        sealed.map((policy) => policyToDocument(policy, { atMs, by: "log" })),
        { slot, toRecord: ({ policy }) => policy },
      ),
  };
};
