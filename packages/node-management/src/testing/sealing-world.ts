import type { Documents } from "@lucid/platform/documents";
import { createTestClock, type TestClock } from "@lucid/platform/clock";
import { createEvents } from "@lucid/platform/events";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { epochOf, ownerAccount, rewardKey, slotAt, slotStart } from "@lucid/protocol";
import { type BeaconsService, createBeacons } from "../beacons/index.ts";
import { createLedger, createLedgerSource, type Ledger } from "../ledger/index.ts";
import { createPolicies, createPolicySource } from "../policy/index.ts";
import { createRegistry, type RegistryService } from "../registry/index.ts";
import { createSealing, type Sealing } from "../sealing/index.ts";
import type { Network } from "../shared/network.ts";
import { createTestLog, type TestLog } from "./log.ts";
import { createTestNode, testNetwork, testPolicy, type TestNode } from "./network.ts";
import { openTestStore } from "./store.ts";

/** What seals, and what makes the facts to be sealed: one process on whatever stands between it and the store. */
export type SealingProcess = {
  readonly registry: RegistryService;
  readonly beacons: BeaconsService;
  readonly ledger: Ledger;
  readonly sealing: Sealing;
  /** Seals what is due and appends it. */
  seal(): Promise<void>;
};

export type SealingWorld = AsyncDisposable & {
  readonly network: Network;
  readonly clock: TestClock;
  readonly store: Documents;
  readonly publicLog: TestLog;
  readonly nodes: readonly TestNode[];
  /** Beacons that were answered with `accepted`, as `<slot> <reveal>`. */
  readonly acknowledged: Set<string>;
  start(documents?: Pick<Documents, "collection">, replica?: string): Promise<SealingProcess>;
  goTo(slot: number, afterMs?: number): Promise<void>;
  /** The open slot. */
  slot(): number;
  readonly facts: Facts;
};

/** Facts that a test makes happen, each under a name, so that a repetition finds the first. */
export type Facts = {
  enrol(process: SealingProcess, node: number): Promise<void>;
  commit(process: SealingProcess, node: number): Promise<void>;
  beacon(process: SealingProcess, node: number): Promise<void>;
  decide(process: SealingProcess, node: number, standing: "active" | "suspended"): Promise<void>;
  earn(process: SealingProcess, node: number, number: number): Promise<void>;
};

export const createSealingWorld = async ({
  nodes: names = ["a", "b", "c"],
  network = testNetwork(),
}: {
  nodes?: readonly string[];
  network?: Network;
} = {}): Promise<SealingWorld> => {
  const { genesis } = network;
  const store = await openTestStore();
  const clock = createTestClock(slotStart(genesis, genesis.first_slot));
  const publicLog = createTestLog(network);
  const policy = testPolicy(network);
  const nodes = names.map((name) => createTestNode(network, name));
  const acknowledged = new Set<string>();
  const log = createLog({ level: "silent", name: "test" });
  const slot = () => slotAt(genesis, clock.now());
  const nodeAt = (position: number): TestNode => nodes[position % nodes.length] as TestNode;
  let token = 0;

  const start: SealingWorld["start"] = async (between = store, replica = store.storeId) => {
    const documents: Documents = { ...store, ...between };
    const shared = { documents, network, clock, log, metrics: createMetrics() };
    const events = createEvents<never>();
    const policies = await createPolicies(shared, { firstPolicy: policy });
    const registry = await createRegistry({ ...shared, policies, events }, { isRecentHeader });
    const beacons = await createBeacons(
      { ...shared, registry, maintenance: { slots: () => undefined }, events },
      { replica },
    );
    const ledger = createLedger({ ...shared, policies, events });
    const sealing = await createSealing({
      ...shared,
      policies,
      registry,
      beacons,
      send: publicLog.send,
    });
    sealing.feed([
      createPolicySource(shared),
      ...registry.sources,
      ...beacons.sources,
      createLedgerSource(shared),
    ]);
    const lease = ++token;
    const { signal } = new AbortController();
    return {
      registry,
      beacons,
      ledger,
      sealing,
      seal: async () => {
        await sealing.run(signal, lease);
        await sealing.sender.run(signal);
      },
    };
  };

  const facts: Facts = {
    enrol: async ({ registry }, node) => {
      await registry.enrol(network.networkId, nodeAt(node).enrolment());
    },
    commit: async ({ beacons }, node) => {
      await beacons.commit(nodeAt(node).commitment(epochOf(genesis, slot())), { failures: 0 });
    },
    beacon: async ({ beacons }, node) => {
      const message = nodeAt(node).beacon(slot());
      const { verdict } = await beacons.accept(message, { failures: 0 });
      if (verdict === "accepted" || verdict === "duplicate")
        acknowledged.add(`${message.slot} ${message.reveal}`);
    },
    decide: async ({ registry }, node, standing) => {
      await registry.changeStanding(nodeAt(node).nodeId, {
        standing,
        reason: "test",
        by: "operator",
      });
    },
    earn: async ({ ledger, registry }, node, number) => {
      const { nodeId } = nodeAt(node);
      const ownerId = registry.node(nodeId)?.ownerId;
      if (ownerId === undefined) return;
      const key = rewardKey(number, nodeId);
      await ledger.append({
        account: ownerAccount(ownerId),
        key,
        amountMicro: 1000n,
        contra: [{ account: "rewards", amountMicro: -1000n }],
        epoch: number,
        policy: 1,
        at: (await ledger.byKey(key))?.at ?? clock.now(),
      });
    },
  };

  return {
    network,
    clock,
    store,
    publicLog,
    nodes,
    acknowledged,
    start,
    slot,
    facts,
    goTo: async (to, afterMs = 0) =>
      clock.advance(Math.max(0, slotStart(genesis, to) + afterMs - clock.now())),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
};

/** Starts again, lets the open slot end, and seals and appends everything. */
export const sealTheRest = async (world: SealingWorld): Promise<void> => {
  const { clock, network } = world;
  const { slot_ms } = network.genesis;
  const last = await world.start();
  // A start waits for what agents saw before it appends.
  await clock.advance(2 * slot_ms);
  await last.seal();
};

/** Nodes of these tests enrol at any time with the same proof of work. */
const isRecentHeader = async (): Promise<boolean> => true;
