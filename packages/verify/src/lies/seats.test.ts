import type { NodeEvidence } from "@lucid/protocol";
import { expect, test } from "vitest";
import { catchLie, createWorld, fullPlan, verifyWorld } from "../testing/world/index.ts";
import type { Lies, WorldNode, WorldPlan } from "../testing/world/index.ts";

/** An equal and a work-credits pool from the second epoch on; node 2 leaves within it, so for the third. */
const seats: WorldPlan["seats"] = [
  ...[0, 1, 2].map((node) => ({
    node,
    height: 2,
    pool: "pool_a",
    seat: node,
    consent: "equal" as const,
  })),
  ...[3, 4].map((node) => ({
    node,
    height: 3,
    pool: "pool_b",
    seat: node,
    consent: "work_credits" as const,
  })),
  { node: 2, height: 30, pool: "pool_a", seat: 2 },
];
const plan = { seats };
const { nodes } = createWorld({ ...fullPlan, blocks: 1 });

const settlingWith = (epoch: number, change: (node: NodeEvidence) => NodeEvidence): Lies => ({
  evidence: (input) =>
    input.epoch === epoch ? { ...input, nodes: input.nodes.map(change) } : input,
});

const isNode = ({ node_id }: NodeEvidence, at: number): boolean =>
  node_id === (nodes[at] as WorldNode).nodeId;

const withoutPool = (node: NodeEvidence): NodeEvidence => {
  const alone = { ...node };
  delete alone.pool;
  return alone;
};

test("what pools share follows from the seats in the log", async () => {
  const { first_mismatch, checked } = await verifyWorld({}, plan);
  expect(first_mismatch).toBeNull();
  expect(checked.seats).toBe(seats.length);
});

test.each<[string, Lies]>([
  ["an equal pool that is paid by work", settlingWith(11, withoutPool)],
  [
    "a node that never agreed to share equally",
    settlingWith(11, (node) =>
      isNode(node, 3) ? { ...node, pool: { pool_id: "pool_a", consent: "equal" } } : node,
    ),
  ],
  [
    "a member that has left and still shares",
    settlingWith(12, (node) =>
      isNode(node, 2) ? { ...node, pool: { pool_id: "pool_a", consent: "equal" } } : node,
    ),
  ],
  [
    "seats that count in the epoch they were taken in",
    settlingWith(10, (node) =>
      [0, 1, 2].some((at) => isNode(node, at))
        ? { ...node, pool: { pool_id: "pool_a", consent: "equal" } }
        : node,
    ),
  ],
])("caught: %s", async (_, lies) => {
  expect(await catchLie(lies, plan)).toMatch(/^epoch_result\.reward_micro @ \d+$/);
});

test.each<[string, WorldPlan["seats"][number], string]>([
  [
    "a pool with more seats than the network allows",
    { node: 5, height: 3, pool: "pool_a", seat: 100, consent: "equal" },
    "seat.number @ 3",
  ],
  [
    "a node in two pools",
    { node: 0, height: 3, pool: "pool_b", seat: 9, consent: "equal" },
    "seat.taken @ 3",
  ],
  [
    "two nodes on one seat",
    { node: 5, height: 3, pool: "pool_a", seat: 0, consent: "equal" },
    "seat.taken @ 3",
  ],
  ["a seat that nobody left", { node: 5, height: 3, pool: "pool_a", seat: 50 }, "seat.vacant @ 3"],
])("caught: %s", async (_, seat, caught) => {
  expect(await catchLie({}, { seats: [...seats, seat] })).toBe(caught);
});
