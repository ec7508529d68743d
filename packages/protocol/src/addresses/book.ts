import type { BlockNetwork } from "../block/header.ts";
import { ownerId } from "../identity.ts";
import type { AddressChange, AddressChangeCancellation } from "../records/types.ts";
import { slotEnd, slotStart } from "../time.ts";
import { refuse } from "../verdict.ts";
import type { Verdict } from "../verdict.ts";
import { addressDelayMs } from "./check.ts";
import { addressInForce, addressUse } from "./history.ts";
import type { AddressHistory, AddressUse, PlacedChange } from "./history.ts";

/** Why a change does not wait to take force. */
export type ChangeRefusal = "unknown_owner" | "seq" | "old_address" | "new_address";

/** Why a cancellation takes nothing back. */
export type CancellationRefusal = "no_change" | "with_old_wallet" | "over";

/** Whose node an enrolment makes it. */
export type EnrolmentOwner =
  | { ok: true; ownerId: string }
  | { ok: false; code: "address"; detail: string };

/**
 * Every owner's address at every moment. Facts come in the order of the log with the slot of their block; signatures
 * are for `checkAddressChange` and `checkCancellation`. What is refused changes nothing but an owner's next `seq`.
 */
export type AddressBook = {
  /** An address nobody has makes a new owner, one in force adds to its owner; judged at the start of the slot. */
  enrol(address: string, sealedSlot: number): EnrolmentOwner;
  /** Places a change; its delay runs from the end of the slot, when the old address must be in force. */
  change(change: AddressChange, sealedSlot: number): Verdict<ChangeRefusal>;
  /** Takes back a change without the old wallet if the slot ends before its delay does. */
  cancel(cancellation: AddressChangeCancellation, sealedSlot: number): Verdict<CancellationRefusal>;
  /** The change that a cancellation means, with the address whose wallet has to sign it; null if there is none. */
  changeOf(cancellation: AddressChangeCancellation): AddressChange | null;
  /** An owner's next `seq`: how many of its changes are sealed. */
  nextSeq(ownerId: string): number;
  /** The address in force at a moment (Unix ms); null for an owner that nobody enrolled. */
  addressAt(ownerId: string, atMs: number): string | null;
};

type Owner = AddressHistory & { sealed: number };

/** An empty book: see "Identity" of the protocol for the rules of addresses. */
export function createAddressBook({ genesis, networkId }: BlockNetwork): AddressBook {
  const owners = new Map<string, Owner>();
  const mentionedBy = new Map<string, Set<string>>();

  const mention = (address: string, owner: string): void => {
    const known = mentionedBy.get(address);
    if (known === undefined) mentionedBy.set(address, new Set([owner]));
    else known.add(owner);
  };

  const useOf = (address: string, atMs: number): { use: AddressUse; owner: string } | null => {
    for (const owner of mentionedBy.get(address) ?? []) {
      const use = addressUse(owners.get(owner) as Owner, address, atMs);
      if (use !== "none") return { use, owner };
    }
    return null;
  };

  const findPlaced = (cancellation: AddressChangeCancellation): PlacedChange | undefined =>
    owners
      .get(cancellation.owner_id)
      ?.changes.find(({ change }) => change.seq === cancellation.seq);

  return {
    enrol(address, sealedSlot) {
      const found = useOf(address, slotStart(genesis, sealedSlot));
      if (found?.use === "in_force") return { ok: true, ownerId: found.owner };
      if (found !== null) return refuse("address", describeUse(address, found));
      const id = ownerId(networkId, address);
      owners.set(id, { first: address, changes: [], sealed: 0 });
      mention(address, id);
      return { ok: true, ownerId: id };
    },

    change(change, sealedSlot) {
      const owner = owners.get(change.owner_id);
      if (owner === undefined)
        return refuse("unknown_owner", `${change.owner_id} has not enrolled a node`);
      const fromMs = slotEnd(genesis, sealedSlot);
      const seq = owner.sealed++;
      if (change.seq !== seq) return refuse("seq", `its seq must be ${seq}, not ${change.seq}`);
      if (addressInForce(owner, fromMs) !== change.old_address)
        return refuse("old_address", `${change.old_address} is not the owner's address in force`);
      const found = useOf(change.new_address, fromMs);
      if (found !== null) return refuse("new_address", describeUse(change.new_address, found));
      const endsMs = fromMs + addressDelayMs(change);
      owner.changes.push({ change, fromMs, endsMs, cancelledMs: null });
      mention(change.new_address, change.owner_id);
      return { ok: true };
    },

    cancel(cancellation, sealedSlot) {
      const placed = findPlaced(cancellation);
      if (placed === undefined)
        return refuse("no_change", `no change with seq ${cancellation.seq} waits`);
      if (placed.change.old_wallet_signature !== undefined)
        return refuse("with_old_wallet", "the old wallet signed the change");
      const atMs = slotEnd(genesis, sealedSlot);
      if (placed.cancelledMs !== null || atMs >= placed.endsMs)
        return refuse("over", "the change was cancelled before, or its delay is over");
      placed.cancelledMs = atMs;
      return { ok: true };
    },

    changeOf: (cancellation) => findPlaced(cancellation)?.change ?? null,

    nextSeq: (owner) => owners.get(owner)?.sealed ?? 0,

    addressAt(owner, atMs) {
      const history = owners.get(owner);
      return history === undefined ? null : addressInForce(history, atMs);
    },
  };
}

function describeUse(address: string, { use, owner }: { use: AddressUse; owner: string }): string {
  const what = {
    in_force: "is the address of",
    pending: "waits to become the address of",
    left: "was left behind by",
    none: "is not an address of",
  };
  return `${address} ${what[use]} ${owner}`;
}
