import type { CollectionDefinition } from "@lucid/platform/documents";
import {
  type BodyLeaf,
  bodyProblem,
  createBody,
  decodeBody,
  encodeBody,
  headerHash,
  linkProblem,
  nodeId,
  type SealedRecord,
  toHex,
} from "@lucid/protocol";
import { expect } from "vitest";
import { commitmentCollection, commitmentId, excuseCollection } from "../beacons/documents.ts";
import { entryId, ledgerCollection } from "../ledger/documents.ts";
import { policyCollection } from "../policy/documents.ts";
import { nodeCollection, standingCollection } from "../registry/documents.ts";
import { slotCollection } from "../sealing/documents.ts";
import type { Sealable } from "../shared/sealed.ts";
import { scanById } from "../shared/scan.ts";
import type { SealingWorld } from "./sealing-world.ts";

type Placed = { readonly slot: number; readonly leaf: BodyLeaf["leaf"] };

/** What a record's document is called in which collection. */
const documentOf = ({ record, data }: SealedRecord): string => {
  if (record === "policy") return `policies ${data.version}`;
  if (record === "enrolment") return `nodes ${nodeId(data.public_key)}`;
  if (record === "commitment") return `commitments ${commitmentId(data.epoch, data.node_id)}`;
  if (record === "excuse") return `excuses ${data.from_slot}`;
  if (record === "ledger_entry") return `ledger ${entryId(data.account, data.seq)}`;
  return `${record} has no document here`;
};

const evidence: readonly CollectionDefinition<Sealable>[] = [
  policyCollection,
  nodeCollection,
  commitmentCollection,
  excuseCollection,
  ledgerCollection,
];

/**
 * The log is a chain of blocks whose bodies are functions of their sets; every acknowledged beacon stands in the block
 * of its slot and no other does; every fact stands in exactly the block that its document names.
 */
export const checkLog = async (world: SealingWorld): Promise<void> => {
  const leaves = checkBlocks(world);
  const beacons = leaves.flatMap(({ slot, leaf }) =>
    leaf.kind === "beacon" ? [`${slot} ${toHex(leaf.reveal)}`] : [],
  );
  expect(beacons.toSorted()).toEqual([...world.acknowledged].toSorted());
  await checkFacts(world, leaves);
  await checkStandings(world, leaves);
};

const checkBlocks = ({ network, publicLog: { headers, bodies } }: SealingWorld): Placed[] =>
  headers.flatMap((header, height) => {
    expect(linkProblem(network, headers[height - 1] ?? null, header)).toBeNull();
    const framed = bodies[height] as Uint8Array;
    const body = decodeBody(framed);
    expect(bodyProblem(header, body)).toBeNull();
    expect(toHex(encodeBody(createBody(body.map(({ bytes }) => bytes))))).toBe(toHex(framed));
    return body.map(({ leaf }) => ({ slot: header.slot, leaf }));
  });

const checkFacts = async ({ store }: SealingWorld, leaves: readonly Placed[]): Promise<void> => {
  const inLog = leaves.flatMap(({ slot, leaf }) =>
    leaf.kind === "record" && leaf.record !== "standing" ? [`${documentOf(leaf)} ${slot}`] : [],
  );
  const inStore: string[] = [];
  for (const definition of evidence) {
    const collection = store.collection(definition);
    await scanById(collection, ({ id, sealed_slot }) => {
      inStore.push(`${definition.name} ${id} ${sealed_slot}`);
    });
  }
  expect(inLog.toSorted()).toEqual(inStore.toSorted());
};

/** Every decision is settled by a block; what the blocks say of a node is the latest decision that each settled. */
const checkStandings = async (
  { store }: SealingWorld,
  leaves: readonly Placed[],
): Promise<void> => {
  const told = leaves.flatMap(({ slot, leaf }) =>
    leaf.kind === "record" && leaf.record === "standing"
      ? [`${leaf.data.node_id} ${slot} ${leaf.data.standing}`]
      : [],
  );
  const latest = new Map<string, string>();
  const seqs = new Map<string, number>();
  await scanById(store.collection(standingCollection), (decision) => {
    expect(decision.sealed_slot).not.toBeNull();
    const place = `${decision.node_id} ${decision.sealed_slot}`;
    if (decision.seq < (seqs.get(place) ?? 0)) return;
    seqs.set(place, decision.seq);
    latest.set(place, decision.standing);
  });
  expect(told.toSorted()).toEqual(
    [...latest].map(([place, standing]) => `${place} ${standing}`).toSorted(),
  );
};

/** What the store says was sealed is what the log has. */
export const checkSlots = async ({ store, publicLog }: SealingWorld): Promise<void> => {
  const slots = await store.collection(slotCollection).find({ sort: [["slot", "asc"]] });
  expect(slots.map(({ header_hash }) => header_hash)).toEqual(publicLog.headers.map(headerHash));
};
