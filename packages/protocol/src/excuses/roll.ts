/** Nodes of one owner. */
export type NodesOfOwner = { owner_id: string; node_ids: string[] };

/** Nodes and owners as small numbers, and the slot in which each node was heard last: what silence counts with. */
export type Roll = {
  /** The number of a node, from 0 without gaps; the same node always has the same. */
  numberOf(nodeId: string, ownerId: string): number;
  hear(nodes: ArrayLike<number>, slot: number): void;
  isHeard(node: number, slot: number): boolean;
  countHeard(nodes: Uint32Array, slot: number): number;
  countOwners(nodes: Uint32Array): number;
  toNumbers(groups: readonly NodesOfOwner[]): Uint32Array;
  /** By owner, owners and nodes ascending. */
  toGroups(nodes: Uint32Array): NodesOfOwner[];
};

export function createRoll(): Roll {
  const nodes = createNumbering();
  const owners = createNumbering();
  const ownerOf: number[] = [];
  const heardIn: number[] = [];

  const numberOf = (nodeId: string, ownerId: string): number => {
    const node = nodes.numberOf(nodeId);
    if (node === ownerOf.length) {
      ownerOf.push(owners.numberOf(ownerId));
      heardIn.push(-1);
    }
    return node;
  };

  const isHeard = (node: number, slot: number): boolean => heardIn[node] === slot;

  return {
    numberOf,
    isHeard,

    hear(present, slot) {
      for (let i = 0; i < present.length; i++) heardIn[present[i] as number] = slot;
    },

    countHeard: (some, slot) => count(some, (node) => isHeard(node, slot)),

    countOwners(some) {
      const seen = new Uint8Array(owners.ids.length);
      for (const node of some) seen[ownerOf[node] as number] = 1;
      return seen.reduce((sum, one) => sum + one, 0);
    },

    toNumbers: (groups) =>
      Uint32Array.from(
        groups.flatMap(({ owner_id, node_ids }) => node_ids.map((id) => numberOf(id, owner_id))),
      ),

    toGroups(some) {
      const groups = Map.groupBy(some, (node) => owners.ids[ownerOf[node] as number] as string);
      return [...groups]
        .map(([owner_id, own]) => ({
          owner_id,
          node_ids: own.map((node) => nodes.ids[node] as string).toSorted(),
        }))
        .sort((a, b) => (a.owner_id < b.owner_id ? -1 : 1));
    },
  };
}

/** Numbers from 0 for texts, in the order of their first mention. */
function createNumbering() {
  const numbers = new Map<string, number>();
  const ids: string[] = [];
  const numberOf = (id: string): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, ids.length);
    return ids.push(id) - 1;
  };
  return { ids, numberOf };
}

function count(nodes: Uint32Array, holds: (node: number) => boolean): number {
  let holding = 0;
  for (const node of nodes) if (holds(node)) holding += 1;
  return holding;
}
