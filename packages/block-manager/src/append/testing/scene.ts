import type { SealedSlot } from "@lucid/api";
import { createTestClock } from "@lucid/platform/clock";
import type { TestClock } from "@lucid/platform/clock";
import {
  acceptanceWindow,
  beaconLeaf,
  createBody,
  ed25519PublicKey,
  encodeBody,
  recordLeaf,
  sha256,
  slotEnd,
  toHex,
  u64,
} from "@lucid/protocol";
import type { Disk } from "../../disk/index.ts";
import { openStore } from "../../store/index.ts";
import type { Store, StoreEvent } from "../../store/index.ts";
import { testNetwork } from "../../testing/network.ts";
import type { TestNetwork } from "../../testing/network.ts";
import { createAppender } from "../appender.ts";
import type { Appender, AppendEvent, SeedOf } from "../contract.ts";

/** A network that is long past its first 100 000 slots. */
export const network: TestNetwork = testNetwork();
export const clock: TestClock = createTestClock(slotEnd(network.genesis, 100_000));

/** Some leaves: as many beacons as are asked for, and a record. */
export const leavesOf = (height: number, beacons: number): Uint8Array[] => [
  ...Array.from({ length: beacons }, (_, i) =>
    beaconLeaf(sha256(u64(i)), sha256(u64(height), u64(i))),
  ),
  ...(beacons > 0
    ? [recordLeaf("audit_root", { epoch: height, count: 0, root: "00".repeat(32) })]
    : []),
];

/** The slot of a height as node-management seals it; without leaves unless some are given. */
export const sealedSlot = (
  height: number,
  leaves: Iterable<Uint8Array> = [],
  changes: Partial<SealedSlot> = {},
): SealedSlot => {
  const slot = network.genesis.first_slot + height;
  return {
    slot,
    observed: true,
    backlog: 0,
    policy_hash: "ab".repeat(32),
    sealed_at: acceptanceWindow(network.genesis, slot).untilMs + 5,
    body: encodeBody(createBody(leaves)),
    ...changes,
  };
};

/** Slots from a height on; every `every`th has leaves. */
export const sealedSlots = (from: number, count: number, every = 1): SealedSlot[] =>
  Array.from({ length: count }, (_, i) =>
    sealedSlot(from + i, leavesOf(from + i, (from + i) % every === 0 ? 2 : 0)),
  );

/** The seeds that are at hand, by their public keys. */
export const seedsAtHand =
  (...seeds: Uint8Array[]): SeedOf =>
  async (publicKey) =>
    seeds.find((seed) => toHex(ed25519PublicKey(seed)) === publicKey) ?? null;

export type Opened = { store: Store; appender: Appender; events: (AppendEvent | StoreEvent)[] };

/** Opens the log in a data folder for appending. */
export const openLog = async (
  home: Disk,
  seedOf = { network: seedsAtHand(network.seeds.network), log: seedsAtHand(network.seeds.log) },
): Promise<Opened> => {
  const events: (AppendEvent | StoreEvent)[] = [];
  const onEvent = (event: AppendEvent | StoreEvent) => void events.push(event);
  const { genesis } = network;
  const store = await openStore(
    { home, genesis, onEvent },
    { mode: "append", logSeed: network.seeds.log },
  );
  return { store, events, appender: createAppender({ store, clock, seedOf, onEvent }) };
};
