import {
  type AddressBook,
  type AddressChange,
  type AddressChangeCancellation,
  createAddressBook,
  isCancellation,
  type OwnedAddress,
} from "@lucid/protocol";
import type { Network } from "../shared/network.ts";

/** A change of an owner's address, or the old wallet's word that takes one back. */
export type AddressFact = AddressChange | AddressChangeCancellation;

/** An address fact and the slot of its block; null while none holds it. */
export type StoredAddressFact = { readonly fact: AddressFact; readonly slot: number | null };

/**
 * Every owner's address at every moment, in memory. What is sealed decides, by the protocol's own book; what was accepted
 * and is not sealed yet changes no address, but is known.
 */
export type OwnerAddresses = Omit<AddressBook, "change" | "cancel"> & {
  /** Notes a fact that was accepted; it waits for its block. */
  announce(fact: AddressFact): void;
  /** Forgets one that could not be kept. */
  withdraw(fact: AddressFact): void;
  /** Notes that a fact stands in the block of a slot. Tells whether that is new; a repetition changes nothing. */
  seal(fact: AddressFact, slot: number): boolean;
  /** What the owner said and no block holds yet, so that its address may be another than it seems; null for nothing. */
  awaitingSeal(ownerId: string): AddressFact | null;
  /** Whose an address is, also one that an accepted change names; null when it is nobody's. */
  holderOf(address: string, atMs: number): OwnedAddress | null;
  /** When the next address changes hands, Unix ms; `Infinity` when none waits. */
  nextSwitchMs(atMs: number): number;
  /** Owners that ever changed their address. */
  moved(): Iterable<string>;
};

export const createOwnerAddresses = (network: Network): OwnerAddresses => {
  const book = createAddressBook(network);
  const announced = new Map<string, AddressFact>();
  const sealed = new Set<string>();
  const moved = new Set<string>();

  const announcedTo = (address: string): OwnedAddress | null => {
    for (const fact of announced.values())
      if (!isCancellation(fact) && fact.new_address === address)
        return { owner: fact.owner_id, use: "pending" };
    return null;
  };

  return {
    ...book,
    announce: (fact) => void (sealed.has(idOf(fact)) || announced.set(idOf(fact), fact)),
    withdraw: (fact) => void announced.delete(idOf(fact)),
    seal: (fact, slot) => {
      const id = idOf(fact);
      if (sealed.has(id)) return false;
      sealed.add(id);
      announced.delete(id);
      if (isCancellation(fact)) book.cancel(fact, slot);
      else book.change(fact, slot);
      moved.add(fact.owner_id);
      return true;
    },
    awaitingSeal: (ownerId) => {
      for (const fact of announced.values()) if (fact.owner_id === ownerId) return fact;
      return null;
    },
    holderOf: (address, atMs) => book.useAt(address, atMs) ?? announcedTo(address),
    nextSwitchMs: (atMs) => {
      let next = Infinity;
      for (const ownerId of moved)
        for (const { endsMs, cancelledMs } of book.historyOf(ownerId)?.changes ?? [])
          if (cancelledMs === null && endsMs > atMs) next = Math.min(next, endsMs);
      return next;
    },
    moved: () => moved,
  };
};

/** One change is one fact, and so is the cancellation of it. */
const idOf = (fact: AddressFact): string =>
  `${fact.owner_id}#${fact.seq}${isCancellation(fact) ? " cancelled" : ""}`;
