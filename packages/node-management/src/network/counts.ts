import type { Clock } from "@lucid/platform/clock";
import type { NodeStatus, Registry, StatusOf } from "../registry/index.ts";

export type NodeCounts = Record<NodeStatus | "total", number>;

const freshMs = 1000;

/** How many nodes have which status; counted again after a second, because it looks at every node. */
export const createNodeCounts = ({
  registry,
  statusOf,
  clock,
}: {
  registry: Registry;
  statusOf: StatusOf;
  clock: Clock;
}): (() => NodeCounts) => {
  let counted: { atMs: number; counts: NodeCounts } | null = null;
  const count = (): NodeCounts => {
    const counts = {
      total: 0,
      pending: 0,
      online: 0,
      offline: 0,
      maintenance: 0,
      suspended: 0,
      retired: 0,
    };
    for (const { nodeId } of registry.nodes()) {
      counts.total += 1;
      counts[statusOf(nodeId).status] += 1;
    }
    return counts;
  };
  return () => {
    const now = clock.monotonic();
    if (counted === null || now - counted.atMs >= freshMs || counted.counts.total !== registry.size)
      counted = { atMs: now, counts: count() };
    return counted.counts;
  };
};
