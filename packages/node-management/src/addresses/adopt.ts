import type { Documents } from "@lucid/platform/documents";
import { isCancellation } from "@lucid/protocol";
import type { OwnerAddresses } from "../registry/index.ts";
import { type Adopter, adoptSealed } from "../shared/adopt.ts";
import { documentToFact, factToDocument, openAddresses } from "./documents.ts";

/** Changes of owners' addresses and their cancellations from the log; `addresses` is told of them. */
export const createAddressAdopter = (
  documents: Pick<Documents, "collection">,
  addresses: Pick<OwnerAddresses, "seal">,
): Adopter<"address_change"> => {
  const { changes, cancellations } = openAddresses(documents);
  return {
    type: "address_change",
    adopt: async ({ slot, atMs }, sealed) => {
      for (const fact of sealed) {
        if (isCancellation(fact))
          await adoptSealed(cancellations, [factToDocument(fact, atMs)], {
            slot,
            toRecord: documentToFact,
          });
        else
          await adoptSealed(changes, [factToDocument(fact, atMs)], {
            slot,
            toRecord: documentToFact,
          });
        addresses.seal(fact, slot);
      }
    },
  };
};
