import { inLogOrder, type OwnerAddresses, type StoredAddressFact } from "../registry/index.ts";
import { createFollow, type Reached } from "../shared/follow.ts";
import { type AddressCollections, documentToStoredFact } from "./documents.ts";

/**
 * Takes what other replicas accepted, and what was sealed meanwhile, into memory: in the order of the log, which is
 * known up to where all facts in blocks are marked; what stands behind that is known as accepted.
 */
export const createFollowAddresses = (
  { changes, cancellations }: AddressCollections,
  addresses: Pick<OwnerAddresses, "announce" | "seal">,
  from: Reached,
): ((reached: Reached) => Promise<void>) => {
  const followChanges = createFollow(changes, "announced_at", from);
  const followCancellations = createFollow(cancellations, "announced_at", from);

  return async (reached) => {
    const found: StoredAddressFact[] = [];
    await followChanges(reached, (document) => {
      found.push(documentToStoredFact(document));
    });
    await followCancellations(reached, (document) => {
      found.push(documentToStoredFact(document));
    });
    const isSettled = ({ slot }: StoredAddressFact) => slot !== null && slot <= reached.markedSlot;
    for (const { fact, slot } of inLogOrder(found.filter(isSettled))) addresses.seal(fact, slot);
    for (const stored of found) if (!isSettled(stored)) addresses.announce(stored.fact);
  };
};
