import {
  beaconSalt,
  cosignatureLeaf,
  createBody,
  createChain,
  decodeBody,
  encodeBody,
  frameLeaves,
  merkleRoot,
  recordLeaf,
  signObject,
  step,
  toHex,
} from "@lucid/protocol";
import { expect, test } from "vitest";
import {
  at,
  catchLie,
  commit,
  createWorld,
  FIRST_EPOCH,
  fullPlan,
} from "../testing/world/index.ts";
import type { Lie, Lies, WorldBeacon, WorldRecord } from "../testing/world/index.ts";

const { network, nodes } = createWorld({ ...fullPlan, blocks: 40 });
const [first, second] = nodes as [(typeof nodes)[number], (typeof nodes)[number]];
const HEIGHT = 25;

/** Blocks from a height on, each a slot later than it should be. */
const skipSlot =
  (height: number): NonNullable<Lies["drafts"]> =>
  (drafts) =>
    drafts
      .toSpliced(height, 1)
      .map((draft, here) =>
        here < height
          ? draft
          : { ...draft, alter: (header) => ({ ...header, slot: header.slot + 1 }) },
      );

/** A header signed over a body whose first two leaves stand in the wrong order. */
const reorder = (): Lies => {
  let leaves: Uint8Array[] = [];
  return {
    drafts: (drafts) =>
      drafts.map((draft, height) => {
        if (height !== HEIGHT) return draft;
        const [a, b, ...rest] = createBody(draft.leaves).map(({ bytes }) => bytes);
        leaves = [b as Uint8Array, a as Uint8Array, ...rest];
        const body_root = toHex(merkleRoot(leaves));
        return { ...draft, alter: (header) => ({ ...header, body_root }) };
      }),
    files: (files) => void files.set(`body/${HEIGHT}`, frameLeaves(leaves)),
  };
};

/** The operator's own chain under the name of a node whose key it does not have. */
const impostor = (): Lies => {
  const seed = new Uint8Array(32).fill(7);
  const { networkId, genesis } = network;
  const epoch = FIRST_EPOCH + 1;
  const slots = genesis.slots_per_epoch;
  const chain = createChain({ seed, networkId, publicKeyHex: first.publicKey, epoch, slots });
  const unsigned = { node_id: first.nodeId, epoch, anchor: toHex(chain.anchor) };
  const forged = { ...unsigned, signature: signObject("commitment", networkId, unsigned, seed) };
  return {
    records: (_, records) =>
      records.map((record) =>
        record.type === "commitment" &&
        record.data.node_id === first.nodeId &&
        record.data.epoch === epoch
          ? { type: "commitment", data: forged }
          : record,
      ),
    beacons: (height, beacons) =>
      beacons.map(({ node, reveal }) => {
        const index = height - 18;
        const isForged = node.nodeId === first.nodeId && index >= 0 && index < slots;
        return { node, reveal: isForged ? chain.reveal(index) : reveal };
      }),
  };
};

const commitment = (epoch: number): WorldRecord => ({
  type: "commitment",
  data: commit(network.networkId, first, epoch),
});

const absent = (beacons: readonly WorldBeacon[]) =>
  nodes.find(({ nodeId }) => !beacons.some(({ node }) => node.nodeId === nodeId)) ?? first;

const lies: Lie[] = [
  [
    "one changed reveal",
    {
      beacons: at(HEIGHT, (beacons: WorldBeacon[]) =>
        beacons.map(({ node, reveal }, i) => ({
          node,
          reveal: i === 3 ? reveal.map((byte) => byte ^ 1) : reveal,
        })),
      ),
    },
    `beacon.wrong_reveal @ ${HEIGHT}`,
  ],
  [
    "a beacon too many, made up",
    {
      beacons: at(HEIGHT, (beacons: WorldBeacon[]) => [
        ...beacons,
        { node: absent(beacons), reveal: new Uint8Array(32).fill(1) },
      ]),
    },
    `beacon.wrong_reveal @ ${HEIGHT}`,
  ],
  [
    "a beacon too many, an old one again",
    {
      beacons: at(HEIGHT, (beacons: WorldBeacon[]) => {
        const node = absent(beacons);
        const salt = beaconSalt(network.networkId, node.publicKey, FIRST_EPOCH + 1);
        return [...beacons, { node, reveal: step(node.chain(FIRST_EPOCH + 1).reveal(0), salt) }];
      }),
    },
    `beacon.wrong_reveal @ ${HEIGHT}`,
  ],
  [
    "a beacon of a node that never enrolled",
    {
      beacons: at(HEIGHT, (beacons: WorldBeacon[]) => [
        ...beacons,
        { node: { ...first, publicKey: "ab".repeat(32) }, reveal: new Uint8Array(32) },
      ]),
    },
    `beacon.unknown_node @ ${HEIGHT}`,
  ],
  [
    "beacons without the commitment they rest on",
    {
      records: (_, records) =>
        records.filter(({ type, data }) => type !== "commitment" || data.node_id !== first.nodeId),
    },
    "beacon.no_commitment @ 1",
  ],
  ["a commitment swapped", impostor(), "commitment.signature @ 17"],
  [
    "a second commitment",
    {
      records: at(HEIGHT, (records: WorldRecord[]) => {
        const epoch = FIRST_EPOCH + 1;
        const unsigned = { node_id: second.nodeId, epoch, anchor: "ab".repeat(32) };
        const { networkId } = network;
        const signature = signObject("commitment", networkId, unsigned, second.seed);
        return [...records, { type: "commitment", data: { ...unsigned, signature } }];
      }),
    },
    `commitment.second @ ${HEIGHT}`,
  ],
  [
    "a commitment for an epoch that is over",
    { records: at(HEIGHT, (records) => [...records, commitment(FIRST_EPOCH)]) },
    `commitment.window @ ${HEIGHT}`,
  ],
  [
    "a commitment long before its epoch",
    { records: at(HEIGHT, (records) => [...records, commitment(FIRST_EPOCH + 2)]) },
    `commitment.window @ ${HEIGHT}`,
  ],
  ["a missing slot", { drafts: skipSlot(HEIGHT) }, `log.link.slot @ ${HEIGHT}`],
  ["a reordered leaf", reorder(), `log.body @ ${HEIGHT}`],
  [
    "a record altered under an unchanged header",
    {
      files: (files) => {
        const body = decodeBody(files.get("body/21") as Uint8Array);
        const altered = body.map(({ bytes, leaf }) =>
          leaf.kind === "record" && leaf.record === "epoch_closed"
            ? recordLeaf("epoch_closed", { ...leaf.data, total_micro: "1" })
            : bytes,
        );
        files.set("body/21", encodeBody(createBody(altered)));
      },
    },
    "log.body_root @ 21",
  ],
  [
    "a cosignature where there are no committees",
    {
      drafts: (drafts) =>
        drafts.map((draft, height) => {
          if (height !== HEIGHT) return draft;
          const leaf = cosignatureLeaf({
            publicKey: new Uint8Array(32),
            size: 1,
            timeSeconds: 1,
            signature: new Uint8Array(64),
          });
          return { ...draft, leaves: [...draft.leaves, leaf] };
        }),
    },
    `leaf.unexpected @ ${HEIGHT}`,
  ],
];

test.each<Lie>(lies)("caught: %s", async (_, lie, caught, plan) => {
  expect(await catchLie(lie, plan)).toBe(caught);
});
