import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Documents, type DocumentsOptions, openDocuments } from "@lucid/platform/documents";
import {
  addressOfKey,
  beaconSalt,
  createChain,
  demoGenesis,
  demoPolicy,
  ed25519PublicKey,
  epochOf,
  type Genesis,
  networkId,
  nodeId,
  ownerId,
  type Policy,
  sha256,
  signObject,
  step,
  toHex,
  utf8,
} from "@lucid/protocol";
import { commitmentCollection } from "../packages/node-management/src/beacons/documents.ts";
import { collections } from "../packages/node-management/src/collections.ts";
import {
  nodeCollection,
  ownerCollection,
  standingCollection,
  standingId,
} from "../packages/node-management/src/registry/documents.ts";

export type FixtureNode = {
  readonly nodeId: string;
  readonly seed: Uint8Array;
  readonly publicKey: string;
};

/** A network in a data folder, with nodes that are enrolled, active and committed for its first epoch. */
export type Fixture = {
  readonly directory: string;
  readonly genesis: Genesis;
  readonly networkId: string;
  readonly epoch: number;
  readonly nodes: readonly FixtureNode[];
  readonly nodesPerOwner: number;
};

const seedOf = (name: string): Uint8Array => sha256(utf8(`bench ${name}`));
const keyOf = (name: string): string => toHex(ed25519PublicKey(seedOf(name)));

export type FixtureOptions = {
  readonly directory: string;
  readonly nodes: number;
  readonly genesis?: Partial<Omit<Genesis, "version">>;
  readonly budgetMicro?: bigint;
  readonly payout?: Partial<Policy["payout"]>;
  readonly nodesPerOwner?: number;
  /** The embedded store in the folder unless given. */
  readonly store?: DocumentsOptions;
};

/** Writes the documents that enrolling would leave behind: enrolling itself costs a proof of work and a wallet each. */
export async function createFixture(options: FixtureOptions): Promise<Fixture> {
  const { directory } = options;
  const slots = options.genesis?.slots_per_epoch ?? 15;
  const genesis = demoGenesis({
    first_slot: slots * 1000,
    root_keys: [keyOf("root")],
    root_threshold: 1,
    network_key: keyOf("network"),
    log_key: keyOf("log"),
    log_origin: "bench.invalid/0123456789abcdef",
    ...options.genesis,
  });
  const id = networkId(genesis);
  const epoch = epochOf(genesis, genesis.first_slot);
  const rules = demoPolicy({
    fromEpoch: epoch,
    epochBudgetMicro: options.budgetMicro ?? 100_000_000n,
  });
  const policy = { ...rules, payout: { ...rules.payout, ...options.payout } };
  mkdirSync(join(directory, "keys"), { recursive: true, mode: 0o700 });
  writeFileSync(join(directory, "network.json"), JSON.stringify(genesis));
  writeFileSync(join(directory, "policy.json"), JSON.stringify(policy));
  for (const key of ["token", "network", "log"])
    writeFileSync(join(directory, "keys", `${key}.key`), toHex(seedOf(key)), { mode: 0o600 });

  const nodes = Array.from({ length: options.nodes }, (_, i) => {
    const seed = seedOf(`node ${i}`);
    const publicKey = toHex(ed25519PublicKey(seed));
    return { seed, publicKey, nodeId: nodeId(publicKey) };
  });
  const { nodesPerOwner = 50 } = options;
  const fixture = { directory, genesis, networkId: id, epoch, nodes, nodesPerOwner };
  const embedded = {
    engine: "sqlite",
    path: join(directory, "node-management.sqlite"),
    create: true,
  } as const;
  await using documents = await openDocuments(options.store ?? embedded, collections);
  await insertNodes(documents, fixture);
  await insertCommitments(documents, fixture);
  return fixture;
}

async function insertNodes(documents: Documents, fixture: Fixture): Promise<void> {
  const { genesis, networkId: id, nodes, nodesPerOwner } = fixture;
  const at = genesis.origin_ms;
  const addresses = Array.from({ length: Math.ceil(nodes.length / nodesPerOwner) }, (_, i) =>
    addressOfKey(toHex(seedOf(`wallet ${i}`))),
  );
  const addressOf = (i: number): string => addresses[Math.floor(i / nodesPerOwner)] ?? "";
  await documents.collection(ownerCollection).insertMany(
    addresses.map((address) => ({
      id: ownerId(id, address),
      first_address: address,
      created_at: at,
    })),
  );
  await documents.collection(nodeCollection).insertMany(
    nodes.map((node, i) => ({
      id: node.nodeId,
      owner_id: ownerId(id, addressOf(i)),
      public_key: node.publicKey,
      address: addressOf(i),
      seq: 0,
      header_hash: "00".repeat(32),
      nonce: "00".repeat(8),
      wallet_signature: "00".repeat(65),
      signature: "00".repeat(64),
      enrolled_at: at,
      sealed_slot: genesis.first_slot - 1,
    })),
  );
  await documents.collection(standingCollection).insertMany(
    nodes.map((node) => ({
      id: standingId(node.nodeId, 0),
      node_id: node.nodeId,
      seq: 0,
      standing: "active" as const,
      reason: "bench",
      by: "admission" as const,
      made_in_slot: genesis.first_slot - 1,
      made_at: at,
      sealed_slot: genesis.first_slot - 1,
    })),
  );
}

async function insertCommitments(documents: Documents, fixture: Fixture): Promise<void> {
  const { genesis, networkId: id, epoch, nodes } = fixture;
  await documents.collection(commitmentCollection).insertMany(
    nodes.map((node) => {
      const { anchor } = chainOf(fixture, node);
      const commitment = { node_id: node.nodeId, epoch, anchor: toHex(anchor) };
      const signature = signObject("commitment", id, commitment, node.seed);
      return {
        id: `${epoch}/${node.nodeId}`,
        ...commitment,
        signature,
        received_at: genesis.origin_ms,
        sealed_slot: null,
      };
    }),
  );
}

/** The chain of a node for the fixture's epoch. */
export const chainOf = ({ genesis, networkId: id, epoch }: Fixture, node: FixtureNode) =>
  createChain({
    seed: node.seed,
    networkId: id,
    publicKeyHex: node.publicKey,
    epoch,
    slots: genesis.slots_per_epoch,
  });

/** Every node's beacon bodies by slot index, lazily: a reveal is one hash below the next. */
export function revealsOf(fixture: Fixture, slotCount: number): Buffer[][] {
  const { genesis } = fixture;
  const rows = Array.from({ length: slotCount }, () => [] as Buffer[]);
  for (const node of fixture.nodes) {
    const salt = beaconSalt(fixture.networkId, node.publicKey, fixture.epoch);
    let link = chainOf(fixture, node).reveal(slotCount - 1);
    for (let index = slotCount - 1; index >= 0; index--) {
      const slot = genesis.first_slot + index;
      rows[index]?.push(
        Buffer.from(JSON.stringify({ node_id: node.nodeId, slot, reveal: toHex(link) })),
      );
      link = step(link, salt);
    }
  }
  return rows;
}
