import { addressText, freezeText, retireText, signMessage, signObject } from "@lucid/protocol";
import type { AddressChange, Policy, StandingRecord } from "@lucid/protocol";
import { expect, test } from "vitest";
import {
  at,
  catchLie,
  createNode,
  createOwner,
  createWorld,
  enrol,
  fullPlan,
  verifyWorld,
} from "../testing/world/index.ts";
import type { Lie, Lies, WorldNode, WorldRecord } from "../testing/world/index.ts";

const { network, nodes } = createWorld({ ...fullPlan, blocks: 1 });
const { networkId } = network;
const [node, other] = nodes as [WorldNode, WorldNode];
const stranger = createOwner(networkId, "a stranger");
const newcomer = createNode(network, "newcomer", stranger);
const HEIGHT = 3;

const adding = (...records: WorldRecord[]): Lies => ({
  records: at(HEIGHT, (honest: WorldRecord[]) => [...honest, ...records]),
});

const standing = (data: Partial<StandingRecord>): WorldRecord => ({
  type: "standing",
  data: { node_id: node.nodeId, standing: "suspended", reason: "test", by: "operator", ...data },
});

const signedStanding = (seq: number, text: string, walletKey = node.owner.walletKey): WorldRecord =>
  standing({ by: "owner", seq, wallet_signature: signMessage(walletKey, text) });

const changingPolicy = (change: (policy: Policy) => Partial<Policy>): Lies => ({
  records: at(fullPlan.announcement, (records: WorldRecord[]) =>
    records.map((record) =>
      record.type === "policy"
        ? { type: "policy", data: { ...record.data, ...change(record.data) } }
        : record,
    ),
  ),
});

const changeAddress = (to: string, walletKey: string, seq = 0): AddressChange => {
  const { ownerId, address: from } = node.owner;
  const text = addressText({ networkId, ownerId, from, to, seq });
  const unsigned = {
    owner_id: ownerId,
    node_id: node.nodeId,
    old_address: from,
    new_address: to,
    seq,
    new_wallet_signature: signMessage(walletKey, text),
    old_wallet_signature: signMessage(node.owner.walletKey, text),
  };
  return { ...unsigned, signature: signObject("address_change", networkId, unsigned, node.seed) };
};

const seat = (node_id: string, seat: number): WorldRecord => ({
  type: "seat",
  data: { pool_id: "pool", seat, node_id, consent: "work_credits" },
});

const here = (code: string) => `${code} @ ${HEIGHT}`;

const lies: Lie[] = [
  ["a policy without notice", changingPolicy(() => ({ from_epoch: 11 })), "policy.from_epoch @ 4"],
  ["a policy whose number was used", changingPolicy(() => ({ version: 1 })), "policy.version @ 4"],
  [
    "no policy at all",
    { records: at(0, (all: WorldRecord[]) => all.filter(({ type }) => type !== "policy")) },
    "policy.first @ 0",
  ],
  [
    "an enrolment for another wallet than the one that signed",
    adding({
      type: "enrolment",
      data: { ...enrol(network, newcomer), address: other.owner.address },
    }),
    here("enrolment.wrong_signature"),
  ],
  [
    "a node that enrols twice",
    adding({ type: "enrolment", data: enrol(network, { ...node, owner: stranger }) }),
    here("enrolment.second"),
  ],
  [
    "an enrolment without work",
    adding({
      type: "enrolment",
      data: { ...enrol(network, newcomer), header_hash: "ab".repeat(32) },
    }),
    here("enrolment.header_hash"),
  ],
  [
    "a standing of nobody",
    adding(standing({ node_id: newcomer.nodeId })),
    here("standing.unknown_node"),
  ],
  [
    "two standings at once",
    adding(standing({}), standing({ standing: "active" })),
    here("standing.second"),
  ],
  [
    "a retired node that comes back",
    {
      records: (height, records) => [
        ...records,
        ...(height === 2 ? [standing({ standing: "retired" })] : []),
        ...(height === HEIGHT ? [standing({ standing: "active" })] : []),
      ],
    },
    here("standing.retired"),
  ],
  [
    "a freeze that another wallet signed",
    adding(signedStanding(0, freezeText(networkId, node.nodeId, 0), stranger.walletKey)),
    here("standing.wallet_signature"),
  ],
  [
    "a freeze made of the signature for retiring",
    adding(signedStanding(0, retireText(networkId, node.nodeId, 0))),
    here("standing.wallet_signature"),
  ],
  [
    "a freeze that is used again",
    {
      records: (height, records) =>
        height === 2 || height === HEIGHT
          ? [...records, signedStanding(0, freezeText(networkId, node.nodeId, 0))]
          : records,
    },
    here("standing.seq"),
  ],
  [
    "a new address that its wallet never signed",
    adding({ type: "address_change", data: changeAddress(stranger.address, node.owner.walletKey) }),
    here("address_change.new_wallet_signature"),
  ],
  [
    "a new address by a node of somebody else",
    adding({
      type: "address_change",
      data: {
        ...changeAddress(stranger.address, stranger.walletKey),
        owner_id: other.owner.ownerId,
      },
    }),
    here("address_change.node"),
  ],
  ["a seat taken twice", adding(seat(node.nodeId, 0), seat(other.nodeId, 0)), here("seat.taken")],
  ["two seats of one node", adding(seat(node.nodeId, 0), seat(node.nodeId, 1)), here("seat.taken")],
  ["a seat that no pool has", adding(seat(node.nodeId, 100)), here("seat.number")],
  [
    "maintenance of nobody",
    adding({
      type: "maintenance",
      data: { node_id: newcomer.nodeId, from_slot: 999, to_slot: 1000 },
    }),
    here("maintenance.unknown_node"),
  ],
  [
    "maintenance that was announced when it had begun",
    {},
    "epoch_result.eligible @ 21",
    { maintenance: [{ node: 0, height: 6, from: 5, to: 7 }] },
  ],
  [
    "an excuse after the fact",
    adding({
      type: "excuse",
      data: {
        kind: "deaf",
        from_slot: network.genesis.first_slot + 2,
        to_slot: network.genesis.first_slot + 3,
      },
    }),
    here("excuse.late"),
  ],
  [
    "an excuse that reaches back from now",
    adding({
      type: "excuse",
      data: {
        kind: "deaf",
        from_slot: network.genesis.first_slot + 2,
        to_slot: network.genesis.first_slot + HEIGHT + 1,
      },
    }),
    here("excuse.late"),
  ],
  [
    "an excuse for too little",
    adding({
      type: "excuse",
      data: {
        kind: "deaf",
        from_slot: network.genesis.first_slot + HEIGHT,
        to_slot: network.genesis.first_slot + HEIGHT + 1,
        deaf_ms: 200,
      },
    }),
    here("excuse.deaf_ms"),
  ],
  [
    "an excuse for more than the slot had",
    adding({
      type: "excuse",
      data: {
        kind: "deaf",
        from_slot: network.genesis.first_slot + HEIGHT,
        to_slot: network.genesis.first_slot + HEIGHT + 1,
        deaf_ms: network.genesis.slot_ms + 1,
      },
    }),
    here("excuse.deaf_ms"),
  ],
  [
    "an excuse for slots to come",
    adding({
      type: "excuse",
      data: {
        kind: "deaf",
        from_slot: network.genesis.first_slot + 4,
        to_slot: network.genesis.first_slot + 5,
      },
    }),
    here("excuse.span"),
  ],
];

test.each<Lie>(lies)("caught: %s", async (_, lie, caught, plan) => {
  expect(await catchLie(lie, plan)).toBe(caught);
});

test.each<[string, Partial<StandingRecord>]>([
  ["a suspension that calls itself admission", { by: "admission" }],
  [
    "what an owner or a node decided with its token",
    { by: "owner", standing: "retired", reason: "retired" },
  ],
])("%s is the operator's word", async (_, data) => {
  const attestedWith = async (...records: WorldRecord[]) =>
    (await verifyWorld(adding(...records), { blocks: 10 })).attested.standings_by_people ?? 0;
  const honest = await attestedWith();
  expect(await attestedWith(standing(data))).toBe(honest + 1);
});
