import { join } from "node:path";
import { openDocuments } from "@lucid/platform/documents";
import { slotStart } from "@lucid/protocol";
import { collections } from "../packages/node-management/src/collections.ts";
import {
  epochCollection,
  epochResultCollection,
  resultDocumentId,
} from "../packages/node-management/src/epochs/documents.ts";
import { nodeCollection } from "../packages/node-management/src/registry/documents.ts";
import type { Fixture } from "../test/fixture.ts";

const run = "0123456789abcdef";
const rewardMicro = 100_000n;

/** Stores the epoch before the fixture's as one that is closed, with a sealed result of every node. */
export async function insertResults({ directory, genesis, epoch: open }: Fixture): Promise<void> {
  const path = join(directory, "node-management.sqlite");
  await using documents = await openDocuments({ engine: "sqlite", path }, collections);
  const nodes = await documents.collection(nodeCollection).find();
  const epoch = open - 1;
  const at = slotStart(genesis, genesis.first_slot);
  const slots = genesis.slots_per_epoch;
  const credits = 1000 * slots;
  const sealed = { epoch, run, sealed_slot: genesis.first_slot };
  const whole = { eligible: slots, present: slots, time: 10_000, time_known: true, credits };
  await documents.collection(epochResultCollection).insertMany(
    nodes.map(({ id: node_id, owner_id }) => ({
      id: resultDocumentId(epoch, run, node_id),
      node_id,
      owner_id,
      ...sealed,
      ...whole,
      own: 10_000,
      alpha: 2,
      beta: 2,
      reputation: 5000,
      contribution: 5000,
      score: 8000,
      valid: true,
      reward_micro: rewardMicro,
    })),
  );
  await documents.collection(epochCollection).insert({
    id: String(epoch),
    ...sealed,
    state: "closed",
    policy: 1,
    cut_slot: genesis.first_slot,
    closing_at: at,
    picked_at: at,
    closed_at: at,
    root: "00".repeat(32),
    count: nodes.length,
    total_micro: rewardMicro * BigInt(nodes.length),
    budget_micro: rewardMicro * BigInt(nodes.length),
    weight: BigInt(8000 * credits * nodes.length),
    excused_slots: 0,
  });
}
