import { problem } from "./problem.ts";
import type { Problem, Verdict } from "./problem.ts";

/** An address that is to take the place of another one at a moment (Unix ms). */
export type PendingChange = {
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  readonly takesEffectMs: number;
  /** made without the old wallet, which can therefore still cancel it */
  readonly isUnsigned: boolean;
};

/** An owner with every address it had, the last one in force. */
export type Owner = {
  readonly ownerId: string;
  readonly addresses: { readonly sinceMs: number; readonly address: string }[];
  readonly pending: PendingChange[];
  /** how many changes were sealed for it */
  changes: number;
};

type Use = { readonly ownerId: string; readonly state: "in force" | "pending" | "left behind" };

/** Whose address is whose, and since when. */
export type Owners = ReturnType<typeof createOwners>;

export const createOwners = () => {
  const owners = new Map<string, Owner>();
  const uses = new Map<string, Use>();
  const changing = new Set<Owner>();

  const current = (owner: Owner): string => owner.addresses.at(-1)?.address ?? "";

  const takeEffect = (owner: Owner, { from, to, takesEffectMs }: PendingChange): void => {
    if (current(owner) !== from) {
      uses.delete(to);
      return;
    }
    uses.set(from, { ownerId: owner.ownerId, state: "left behind" });
    uses.set(to, { ownerId: owner.ownerId, state: "in force" });
    owner.addresses.push({ sinceMs: takesEffectMs, address: to });
  };

  return {
    get: (ownerId: string): Owner | undefined => owners.get(ownerId),
    current,

    /** The address that was in force at a moment (Unix ms); the first one before it came. */
    addressAt: (ownerId: string, atMs: number): string | null => {
      const addresses = owners.get(ownerId)?.addresses ?? [];
      const inForce = addresses.findLast(({ sinceMs }) => sinceMs <= atMs) ?? addresses[0];
      return inForce?.address ?? null;
    },

    /** Whom a node that enrols with an address belongs to: the owner it has, or the one it makes. */
    join: (address: string, newOwnerId: string): Owner | Problem => {
      const use = uses.get(address);
      if (use !== undefined && use.state !== "in force") return refuseUse(address, use);
      const known = use && owners.get(use.ownerId);
      if (known !== undefined) return known;
      const owner: Owner = {
        ownerId: newOwnerId,
        addresses: [{ sinceMs: 0, address }],
        pending: [],
        changes: 0,
      };
      owners.set(newOwnerId, owner);
      uses.set(address, { ownerId: newOwnerId, state: "in force" });
      return owner;
    },

    /** Why an address cannot become an owner's; null when it is free. */
    refusal: (address: string): Verdict => {
      const use = uses.get(address);
      return use === undefined ? null : refuseUse(address, use);
    },

    plan: (owner: Owner, change: PendingChange): void => {
      owner.pending.push(change);
      owner.changes += 1;
      uses.set(change.to, { ownerId: owner.ownerId, state: "pending" });
      changing.add(owner);
    },

    cancel: (owner: Owner, change: PendingChange): void => {
      owner.pending.splice(owner.pending.indexOf(change), 1);
      uses.delete(change.to);
    },

    /** Lets every change take effect whose delay is over at a moment (Unix ms). */
    advance: (nowMs: number): void => {
      for (const owner of changing) {
        const due = owner.pending
          .filter(({ takesEffectMs }) => takesEffectMs <= nowMs)
          .toSorted((a, b) => a.takesEffectMs - b.takesEffectMs || a.seq - b.seq);
        for (const change of due) {
          owner.pending.splice(owner.pending.indexOf(change), 1);
          takeEffect(owner, change);
        }
        if (owner.pending.length === 0) changing.delete(owner);
      }
    },
  };
};

const refuseUse = (address: string, { ownerId, state }: Use): Problem =>
  problem(
    "address.taken",
    `The address ${address} is ${state} for ${ownerId}, so it cannot be used again.`,
  );
