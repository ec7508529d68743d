import { join } from "node:path";
import { type Documents, openDocuments } from "@lucid/platform/documents";
import { beaconLeaf, frameLeaves, fromHex, sha256, slotStart } from "@lucid/protocol";
import {
  listeningCollection,
  segmentCollection,
  segmentId,
} from "../packages/node-management/src/beacons/documents.ts";
import { bodyBytes, entryBytes } from "../packages/node-management/src/beacons/entry.ts";
import { collections } from "../packages/node-management/src/collections.ts";
import { slotCollection, slotId } from "../packages/node-management/src/sealing/documents.ts";
import type { Fixture } from "../test/fixture.ts";

/** A day of 720 slots, as on a main network. */
export const day = {
  slot_ms: 120_000,
  slots_per_epoch: 720,
  grace_ms: 5000,
  leader_window_ms: 5000,
} as const;

/**
 * Stores one segment a slot with every node's entry, for the first `slots` slots of the fixture's epoch.
 * The reveals are zeros: what was accepted is not hashed again at a start or a settlement.
 */
export async function insertBeacons(fixture: Fixture, slots: number): Promise<void> {
  const { directory, genesis, nodes } = fixture;
  const path = join(directory, "node-management.sqlite");
  await using documents = await openDocuments({ engine: "sqlite", path }, collections);
  await listenThroughout(documents, fixture);
  const segments = documents.collection(segmentCollection);
  const entries = new Uint8Array(nodes.length * entryBytes);
  for (const [i, { publicKey }] of nodes.entries()) entries.set(bodyOf(publicKey), i * entryBytes);
  for (let index = 0; index < slots; index++) {
    const slot = genesis.first_slot + index;
    const at = slotStart(genesis, slot);
    await segments.insert({
      id: segmentId(slot, "bench", 0),
      slot,
      replica: "bench",
      seq: 0,
      entries,
      at,
    });
  }
}

/**
 * Stores the sealed blocks of the fixture's epoch, each with a beacon of every node, and those up to its cut. The reveals
 * are zeros: settlement reads who was there and hashes nothing again.
 */
export async function insertSealedDay(fixture: Fixture): Promise<void> {
  const { directory, genesis, nodes } = fixture;
  const path = join(directory, "node-management.sqlite");
  await using documents = await openDocuments({ engine: "sqlite", path }, collections);
  const blocks = documents.collection(slotCollection);
  const keys = nodes.map(({ publicKey }) => publicKey).toSorted();
  const full = frameLeaves(keys.map((key) => beaconLeaf(fromHex(key, 32), new Uint8Array(32))));
  for (let index = 0; index < genesis.slots_per_epoch + 2; index++) {
    const slot = genesis.first_slot + index;
    const body = index < genesis.slots_per_epoch ? full : new Uint8Array();
    await blocks.insert({
      id: slotId(slot),
      slot,
      observed: true,
      backlog: 0,
      body,
      body_bytes: body.length,
      body_count: body.length === 0 ? 0 : keys.length,
      body_root: "00".repeat(32),
      has_records: false,
      policy_hash: "00".repeat(32),
      sealed_at: slotStart(genesis, slot + 1) + genesis.grace_ms,
      header_hash: `${slot}`.padStart(64, "0"),
    });
  }
}

/** Without it every slot would be excused as one in which nobody listened. */
async function listenThroughout(documents: Documents, { genesis, epoch }: Fixture): Promise<void> {
  const from_ms = slotStart(genesis, epoch * genesis.slots_per_epoch);
  const until_ms = slotStart(genesis, (epoch + 2) * genesis.slots_per_epoch);
  const listening = { id: `bench/${from_ms}`, replica: "bench", from_ms, until_ms };
  await documents.collection(listeningCollection).insert(listening);
}

/** The 20 bytes of a node id, as segments hold them. */
const bodyOf = (publicKey: string): Uint8Array =>
  sha256(fromHex(publicKey, 32)).subarray(0, bodyBytes);
