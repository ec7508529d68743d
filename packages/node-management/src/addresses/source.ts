import { isCancellation } from "@lucid/protocol";
import type { OwnerAddresses } from "../registry/index.ts";
import type { RecordSource } from "../shared/record-source.ts";
import { markSealed } from "../shared/sealed.ts";
import { type AddressCollections, changeId, documentToFact } from "./documents.ts";

/** Changes for the log as they were signed, and cancellations of those that stand in an earlier block. */
export const createAddressSource = (
  { changes, cancellations }: AddressCollections,
  addresses: Pick<OwnerAddresses, "seal">,
): RecordSource<"address_change"> => ({
  type: "address_change",
  collect: async ({ slot, endMs }) => {
    const where = { sealed_slot: null, announced_at: { lt: endMs } };
    const [changed, cancelled] = await Promise.all([
      changes.find({ where }),
      cancellations.find({ where }),
    ]);
    const meant = await Promise.all(cancelled.map(({ id }) => changes.get(id)));
    const ready = cancelled.filter((_, at) => (meant[at]?.sealed_slot ?? slot) < slot);
    return [...changed.map(documentToFact), ...ready.map(documentToFact)];
  },
  mark: async (slot, sealed) => {
    const ids = (facts: typeof sealed): string[] => facts.map(changeId);
    await markSealed(changes, ids(sealed.filter((fact) => !isCancellation(fact))), slot);
    await markSealed(cancellations, ids(sealed.filter(isCancellation)), slot);
    for (const fact of sealed) addresses.seal(fact, slot);
  },
});
