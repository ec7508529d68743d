import type { Clock } from "@lucid/platform/clock";
import type { Owner, RegisteredNode, StandingChange } from "./contract.ts";
import type { NodeDocument } from "./documents.ts";
import type { OwnerAddresses } from "./owner-addresses.ts";
import { createSortedList } from "./sorted-list.ts";

/** A node as the registry itself sees it: its decisions are replaced, not grown, to take no more room than they need. */
export type DirectoryEntry = Omit<RegisteredNode, "changes"> & {
  changes: readonly StandingChange[];
};

type OwnerEntry = Omit<Owner, "address"> & { address: string; readonly nodeIds: string[] };

/** Everything about nodes and owners that requests read, in memory. */
export type Directory = {
  readonly entries: ReadonlyMap<string, DirectoryEntry>;
  /** In ascending id. */
  readonly nodes: () => readonly RegisteredNode[];
  readonly owners: () => readonly Owner[];
  readonly size: number;
  readonly owner: (ownerId: string) => Owner | null;
  readonly ownerOfAddress: (address: string) => Owner | null;
  /** Adds a node with its owner; a node that is there stays as it is. */
  add(document: NodeDocument): DirectoryEntry;
  /** Adds a decision; one that is there already is left out. */
  decide(entry: DirectoryEntry, change: StandingChange): void;
  /** In which slot's block decisions of a node stand, now that it is known: those of these numbers. */
  sealIn(nodeId: string, seqs: readonly number[], slot: number): void;
  /** To be called when an owner's addresses changed. */
  readdress(): void;
};

/** Owners are known to `addresses` before their first node is added. */
export const createDirectory = (
  addresses: Pick<OwnerAddresses, "addressAt" | "useAt" | "moved" | "nextSwitchMs">,
  clock: Pick<Clock, "now">,
): Directory => {
  const entries = new Map<string, DirectoryEntry>();
  const nodes = createSortedList<RegisteredNode>(({ nodeId }) => nodeId);
  const owners = createSortedList<Owner>(({ ownerId }) => ownerId);
  const ownersById = new Map<string, OwnerEntry>();
  let nextSwitchMs = Infinity;

  const readdress = (): void => {
    const nowMs = clock.now();
    for (const ownerId of addresses.moved()) {
      const owner = ownersById.get(ownerId);
      if (owner !== undefined) owner.address = addresses.addressAt(ownerId, nowMs) ?? owner.address;
    }
    nextSwitchMs = addresses.nextSwitchMs(nowMs);
  };

  /** Addresses follow the clock: whoever is asked for owners looks at it first. */
  const atNow = <T>(read: () => T): T => {
    if (clock.now() >= nextSwitchMs) readdress();
    return read();
  };

  const ownerWith = ({ id, owner_id, address: enrolledWith }: NodeDocument): OwnerEntry => {
    const known = ownersById.get(owner_id);
    if (known !== undefined) {
      addSorted(known.nodeIds, id);
      return known;
    }
    const address = addresses.addressAt(owner_id, clock.now()) ?? enrolledWith;
    const owner: OwnerEntry = { ownerId: owner_id, address, nodeIds: [id] };
    ownersById.set(owner_id, owner);
    owners.add(owner);
    return owner;
  };

  const add = (document: NodeDocument): DirectoryEntry => {
    const known = entries.get(document.id);
    if (known !== undefined) return known;
    const owner = ownerWith(document);
    const entry: DirectoryEntry = {
      nodeId: document.id,
      publicKey: document.public_key,
      ownerId: owner.ownerId,
      enrolledAtMs: document.enrolled_at,
      ordinal: nodes.size,
      changes: [],
    };
    entries.set(document.id, entry);
    nodes.add(entry);
    return entry;
  };

  return {
    entries,
    nodes: nodes.items,
    owners: () => atNow(owners.items),
    get size() {
      return nodes.size;
    },
    owner: (ownerId) => atNow(() => ownersById.get(ownerId) ?? null),
    ownerOfAddress: (address) => {
      const found = addresses.useAt(address, clock.now());
      if (found?.use !== "in_force") return null;
      return atNow(() => ownersById.get(found.owner) ?? null);
    },
    add,
    readdress,
    decide: (entry, change) => {
      if (entry.changes.some(({ seq }) => seq === change.seq)) return;
      entry.changes = [...entry.changes, change].toSorted((a, b) => a.seq - b.seq);
    },
    sealIn: (nodeId, seqs, slot) => {
      const entry = entries.get(nodeId);
      const isMoved = ({ seq, sealed_slot }: StandingChange) =>
        seqs.includes(seq) && sealed_slot !== slot;
      if (entry?.changes.some(isMoved) !== true) return;
      entry.changes = entry.changes.map((change) =>
        isMoved(change) ? { ...change, sealed_slot: slot } : change,
      );
    },
  };
};

const addSorted = (ids: string[], id: string): void => {
  const at = ids.findLastIndex((known) => known < id);
  ids.splice(at + 1, 0, id);
};
