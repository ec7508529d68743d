import type { Collection } from "@lucid/platform/documents";
import { type BodyLeaf, compareLeaves, recordLeaf, slotAt, toBodyLeaf } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import { scanById } from "../shared/scan.ts";
import type { OwnerDocument } from "./documents.ts";
import type { OwnerAddresses, StoredAddressFact } from "./owner-addresses.ts";

/** Fills the owners' addresses in the order in which the log tells of them. Returns the ids of all owners. */
export const loadAddresses = async (
  { addresses, network }: { addresses: OwnerAddresses; network: Network },
  owners: Collection<OwnerDocument>,
  facts: readonly StoredAddressFact[],
): Promise<Set<string>> => {
  const found: OwnerDocument[] = [];
  await scanById(owners, (document) => void found.push(document));
  found.sort((a, b) => a.created_at - b.created_at);
  const sealed = inLogOrder(facts);
  let next = 0;
  const sealBefore = (slot: number): void => {
    for (; (sealed[next]?.slot ?? Infinity) < slot; next++) {
      const { fact, slot: sealedSlot } = sealed[next] as SealedFact;
      addresses.seal(fact, sealedSlot);
    }
  };
  // Enrolments never wait for a later block, and stand before changes in their own.
  for (const { id, first_address, created_at } of found) {
    const slot = slotAt(network.genesis, created_at);
    sealBefore(slot);
    enrolOwner(addresses, { ownerId: id, address: first_address, slot });
  }
  sealBefore(Infinity);
  for (const { fact, slot } of facts) if (slot === null) addresses.announce(fact);
  return new Set(found.map(({ id }) => id));
};

/** Notes a new owner. Throws `registry.address` when its address is another's, which no enrolment gets past. */
export const enrolOwner = (
  addresses: Pick<OwnerAddresses, "enrol">,
  { ownerId, address, slot }: { ownerId: string; address: string; slot: number },
): void => {
  const judged = addresses.enrol(address, slot);
  if (judged.ok && judged.ownerId === ownerId) return;
  const why = judged.ok ? `${address} belongs to ${judged.ownerId}` : judged.detail;
  throw new Fault("registry.address", `${ownerId} cannot have enrolled: ${why}`);
};

type SealedFact = StoredAddressFact & { readonly slot: number };
const isSealed = (stored: StoredAddressFact): stored is SealedFact => stored.slot !== null;

/** Those of the facts that stand in blocks, as the log tells of them. */
export const inLogOrder = (facts: readonly StoredAddressFact[]): SealedFact[] =>
  facts.filter(isSealed).toSorted((a, b) => a.slot - b.slot || compareLeaves(leafOf(a), leafOf(b)));
const leafOf = ({ fact }: SealedFact): BodyLeaf => toBodyLeaf(recordLeaf("address_change", fact));
