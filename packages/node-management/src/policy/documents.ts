import { defineCollection } from "@lucid/platform/documents";
import { parsePolicy, policyHash, type Policy } from "@lucid/protocol";
import { type Static, Type } from "typebox";
import { sealedSlot } from "../shared/sealed.ts";
import type { StoredPolicy } from "./contract.ts";

const PolicyDocument = Type.Object({
  id: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  policy: Type.Record(Type.String(), Type.Unknown()),
  made_at: Type.Integer(),
  made_by: Type.String(),
  sealed_slot: sealedSlot(),
});

export type PolicyDocument = Static<typeof PolicyDocument>;

/** One version is one document; a version is announced once. */
export const policyCollection = defineCollection({
  name: "policies",
  schema: PolicyDocument,
  unique: [["version"]],
  indexes: [["sealed_slot", "version"]],
});

export const policyToDocument = (
  policy: Policy,
  made: { atMs: number; by: string },
): PolicyDocument => ({
  id: String(policy.version),
  version: policy.version,
  policy,
  made_at: made.atMs,
  made_by: made.by,
  sealed_slot: null,
});

export const documentToPolicy = (document: PolicyDocument): StoredPolicy => {
  const policy = parsePolicy(document.policy);
  return {
    version: policy.version,
    policy,
    policyHash: policyHash(policy),
    madeAtMs: document.made_at,
    madeBy: document.made_by,
  };
};
