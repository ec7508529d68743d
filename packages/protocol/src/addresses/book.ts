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
  /** What `enrol` would answer; nothing changes. */
  judgeEnrolment(address: string, sealedSlot: number): EnrolmentOwner;
  /** What `change` would answer; nothing changes. */
  judgeChange(change: AddressChange, sealedSlot: number): Verdict<ChangeRefusal>;
  /** What `cancel` would answer; nothing changes. */
  judgeCancellation(
    cancellation: AddressChangeCancellation,
    sealedSlot: number,
  ): Verdict<CancellationRefusal>;
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
  /** Whose an address is at a moment (Unix ms), and how; null when it is nobody's. */
  useAt(address: string, atMs: number): OwnedAddress | null;
  /** An owner's first address and the changes that were placed; null for an owner that nobody enrolled. */
  historyOf(ownerId: string): AddressHistory | null;
};

/** What an address is to the one owner that it is anything to. */
export type OwnedAddress = { owner: string; use: Exclude<AddressUse, "none"> };

type Owner = AddressHistory & { sealed: number };

/** An empty book: see "Identity" of the protocol for the rules of addresses. */
export function createAddressBook({ genesis, networkId }: BlockNetwork): AddressBook {
  const owners = new Map<string, Owner>();
  const mentionedBy = new Map<string, string[]>();

  const mention = (address: string, owner: string): void => {
    const known = mentionedBy.get(address);
    if (known === undefined) mentionedBy.set(address, [owner]);
    else if (!known.includes(owner)) known.push(owner);
  };

  const useAt = (address: string, atMs: number): OwnedAddress | null => {
    for (const owner of mentionedBy.get(address) ?? []) {
      const use = addressUse(owners.get(owner) as Owner, address, atMs);
      if (use !== "none") return { owner, use };
    }
    return null;
  };

  const findPlaced = (cancellation: AddressChangeCancellation): PlacedChange | undefined =>
    owners
      .get(cancellation.owner_id)
      ?.changes.find(({ change }) => change.seq === cancellation.seq);

  const judgeEnrolment: AddressBook["judgeEnrolment"] = (address, sealedSlot) => {
    const found = useAt(address, slotStart(genesis, sealedSlot));
    if (found === null) return { ok: true, ownerId: ownerId(networkId, address) };
    if (found.use === "in_force") return { ok: true, ownerId: found.owner };
    return refuse("address", describeUse(address, found));
  };

  const judgeChange: AddressBook["judgeChange"] = (change, sealedSlot) => {
    const owner = owners.get(change.owner_id);
    if (owner === undefined)
      return refuse("unknown_owner", `${change.owner_id} has not enrolled a node`);
    const fromMs = slotEnd(genesis, sealedSlot);
    if (change.seq !== owner.sealed)
      return refuse("seq", `its seq must be ${owner.sealed}, not ${change.seq}`);
    if (addressInForce(owner, fromMs) !== change.old_address)
      return refuse("old_address", `${change.old_address} is not the owner's address in force`);
    const found = useAt(change.new_address, fromMs);
    return found === null
      ? { ok: true }
      : refuse("new_address", describeUse(change.new_address, found));
  };

  const judgeCancellation: AddressBook["judgeCancellation"] = (cancellation, sealedSlot) => {
    const placed = findPlaced(cancellation);
    if (placed === undefined)
      return refuse("no_change", `no change with seq ${cancellation.seq} waits`);
    if (placed.change.old_wallet_signature !== undefined)
      return refuse("with_old_wallet", "the old wallet signed the change");
    if (placed.cancelledMs === null && slotEnd(genesis, sealedSlot) < placed.endsMs)
      return { ok: true };
    return refuse("over", "the change was cancelled before, or its delay is over");
  };

  return {
    judgeEnrolment,
    judgeChange,
    judgeCancellation,

    enrol(address, sealedSlot) {
      const judged = judgeEnrolment(address, sealedSlot);
      if (!judged.ok || owners.has(judged.ownerId)) return judged;
      owners.set(judged.ownerId, { first: address, changes: [], sealed: 0 });
      mention(address, judged.ownerId);
      return judged;
    },

    change(change, sealedSlot) {
      const judged = judgeChange(change, sealedSlot);
      const owner = owners.get(change.owner_id);
      if (owner === undefined) return judged;
      owner.sealed += 1;
      if (!judged.ok) return judged;
      const fromMs = slotEnd(genesis, sealedSlot);
      const endsMs = fromMs + addressDelayMs(change);
      owner.changes.push({ change, fromMs, endsMs, cancelledMs: null });
      mention(change.new_address, change.owner_id);
      return judged;
    },

    cancel(cancellation, sealedSlot) {
      const judged = judgeCancellation(cancellation, sealedSlot);
      const placed = findPlaced(cancellation);
      if (judged.ok && placed !== undefined) placed.cancelledMs = slotEnd(genesis, sealedSlot);
      return judged;
    },

    changeOf: (cancellation) => findPlaced(cancellation)?.change ?? null,

    nextSeq: (owner) => owners.get(owner)?.sealed ?? 0,

    addressAt(owner, atMs) {
      const history = owners.get(owner);
      return history === undefined ? null : addressInForce(history, atMs);
    },

    useAt,

    historyOf: (owner) => owners.get(owner) ?? null,
  };
}

function describeUse(address: string, { use, owner }: OwnedAddress): string {
  const what = {
    in_force: "is the address of",
    pending: "waits to become the address of",
    left: "was left behind by",
  };
  return `${address} ${what[use]} ${owner}`;
}
