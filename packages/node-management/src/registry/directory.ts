import type { Owner, RegisteredNode, StandingChange } from "./contract.ts";
import type { NodeDocument } from "./documents.ts";
import { createSortedList } from "./sorted-list.ts";

/** A node as the registry itself sees it: its decisions are replaced, not grown, to take no more room than they need. */
export type DirectoryEntry = Omit<RegisteredNode, "changes"> & {
  changes: readonly StandingChange[];
};

type OwnerEntry = Owner & { readonly nodeIds: string[] };

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
  /** From when on decisions of a node hold, now that it is known: those of these numbers. */
  holdFrom(nodeId: string, seqs: readonly number[], slot: number): void;
};

export const createDirectory = (): Directory => {
  const entries = new Map<string, DirectoryEntry>();
  const nodes = createSortedList<RegisteredNode>(({ nodeId }) => nodeId);
  const owners = createSortedList<Owner>(({ ownerId }) => ownerId);
  const ownersById = new Map<string, OwnerEntry>();
  const ownersByAddress = new Map<string, OwnerEntry>();

  const ownerWith = ({ id, owner_id, address }: NodeDocument): OwnerEntry => {
    const known = ownersById.get(owner_id);
    if (known !== undefined) {
      addSorted(known.nodeIds, id);
      return known;
    }
    const owner: OwnerEntry = { ownerId: owner_id, address, nodeIds: [id] };
    ownersById.set(owner_id, owner);
    ownersByAddress.set(address, owner);
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
      address: owner.address,
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
    owners: owners.items,
    get size() {
      return nodes.size;
    },
    owner: (ownerId) => ownersById.get(ownerId) ?? null,
    ownerOfAddress: (address) => ownersByAddress.get(address) ?? null,
    add,
    decide: (entry, change) => {
      if (entry.changes.some(({ seq }) => seq === change.seq)) return;
      entry.changes = [...entry.changes, change].toSorted((a, b) => a.seq - b.seq);
    },
    holdFrom: (nodeId, seqs, slot) => {
      const entry = entries.get(nodeId);
      const isMoved = ({ seq, fromSlot }: StandingChange) =>
        seqs.includes(seq) && fromSlot !== slot;
      if (entry?.changes.some(isMoved) !== true) return;
      entry.changes = entry.changes.map((change) =>
        isMoved(change) ? { ...change, fromSlot: slot } : change,
      );
    },
  };
};

const addSorted = (ids: string[], id: string): void => {
  const at = ids.findLastIndex((known) => known < id);
  ids.splice(at + 1, 0, id);
};
