import type { Documents } from "@lucid/platform/documents";
import { parsePolicy } from "@lucid/protocol";
import type { RecordSource } from "../shared/record-source.ts";
import { markSealed } from "../shared/sealed.ts";
import { policyCollection } from "./documents.ts";

/** Policies for the log. The first one was there before the network: it stands in the first block. */
export const createPolicySource = ({
  documents,
}: {
  documents: Pick<Documents, "collection">;
}): RecordSource<"policy"> => {
  const policies = documents.collection(policyCollection);
  return {
    type: "policy",
    collect: async ({ endMs }) => {
      const unsealed = await policies.find({
        where: { sealed_slot: null },
        sort: [["version", "asc"]],
      });
      return unsealed
        .filter(({ version, made_at }) => version === 1 || made_at < endMs)
        .map(({ policy }) => parsePolicy(policy));
    },
    mark: (slot, sealed) =>
      markSealed(
        policies,
        sealed.map(({ version }) => String(version)),
        slot,
      ),
  };
};
