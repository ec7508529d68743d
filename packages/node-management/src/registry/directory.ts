import type { Owner, RegisteredNode, StandingChange } from "./contract.ts";
import type { NodeDocument } from "./documents.ts";
import { createSortedList } from "./sorted-list.ts";

export type DirectoryEntry = {
  readonly node: RegisteredNode;
  /** In the order of their seq. */
  readonly changes: StandingChange[];
};

type OwnerEntry = Owner & { add(nodeId: string): void };

/** Everything about nodes and owners that requests read, in memory. */
export type Directory = {
  readonly entries: ReadonlyMap<string, DirectoryEntry>;
  /** In ascending id. */
  nodes(): readonly RegisteredNode[];
  owners(): readonly Owner[];
  readonly size: number;
  owner(ownerId: string): Owner | null;
  ownerOfAddress(address: string): Owner | null;
  /** Adds a node with its owner; a node that is there stays as it is. */
  add(document: NodeDocument): DirectoryEntry;
  /** Adds a decision; one that is there already is left out. */
  decide(entry: DirectoryEntry, change: StandingChange): void;
};

export const createDirectory = (): Directory => {
  const entries = new Map<string, DirectoryEntry>();
  const nodes = createSortedList<RegisteredNode>(({ nodeId }) => nodeId);
  const owners = createSortedList<Owner>(({ ownerId }) => ownerId);
  const ownersById = new Map<string, OwnerEntry>();
  const ownersByAddress = new Map<string, OwnerEntry>();

  const ownerOf = ({ owner_id, address }: NodeDocument): OwnerEntry => {
    const known = ownersById.get(owner_id);
    if (known !== undefined) return known;
    const owner = createOwner(owner_id, address);
    ownersById.set(owner_id, owner);
    ownersByAddress.set(address, owner);
    owners.add(owner);
    return owner;
  };

  const add = (document: NodeDocument): DirectoryEntry => {
    const known = entries.get(document.id);
    if (known !== undefined) return known;
    const owner = ownerOf(document);
    const node: RegisteredNode = {
      nodeId: document.id,
      publicKey: document.public_key,
      ownerId: owner.ownerId,
      address: owner.address,
      enrolledAtMs: document.enrolled_at,
      ordinal: nodes.size,
    };
    const entry: DirectoryEntry = { node, changes: [] };
    entries.set(document.id, entry);
    nodes.add(node);
    owner.add(node.nodeId);
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
    decide: ({ changes }, change) => {
      if (changes.some(({ seq }) => seq === change.seq)) return;
      changes.push(change);
      changes.sort((a, b) => a.seq - b.seq);
    },
  };
};

const createOwner = (ownerId: string, address: string): OwnerEntry => {
  const nodeIds = createSortedList<string>((nodeId) => nodeId);
  return {
    ownerId,
    address,
    get nodeIds() {
      return nodeIds.items();
    },
    add: nodeIds.add,
  };
};
