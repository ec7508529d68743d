import type { NetworkEvent } from "@lucid/api";
import { createTestClock, type TestClock } from "@lucid/platform/clock";
import { type Documents, type DocumentsOptions, openDocuments } from "@lucid/platform/documents";
import { createEvents, type Events } from "@lucid/platform/events";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { type Policy, signObject, slotStart } from "@lucid/protocol";
import {
  type Addresses,
  addressesCollections,
  createAddresses,
  readAddressFacts,
} from "../addresses/index.ts";
import { beaconsCollections, type BeaconsService, createBeacons } from "../beacons/index.ts";
import { type Commands, commandsCollections, createCommands } from "../commands/index.ts";
import {
  createMaintenance,
  maintenanceCollections,
  type MaintenanceService,
} from "../maintenance/index.ts";
import {
  createPolicies,
  createPolicySource,
  type Policies,
  policyCollections,
} from "../policy/index.ts";
import { createRegistry, registryCollections, type RegistryService } from "../registry/index.ts";
import { createSealing, type Sealing, sealingCollections } from "../sealing/index.ts";
import type { Network } from "../shared/network.ts";
import { createTestLog, type TestLog } from "./log.ts";
import { createTestNode, type TestNode, testNetwork, testPolicy, testSeed } from "./network.ts";

export type TestServices = AsyncDisposable & {
  readonly network: Network;
  readonly clock: TestClock;
  readonly documents: Documents;
  readonly events: Events<NetworkEvent>;
  readonly policies: Policies;
  readonly registry: RegistryService;
  readonly addresses: Addresses;
  readonly commands: Commands;
  readonly maintenance: MaintenanceService;
  readonly beacons: BeaconsService;
  /** Fed by policy, registry, maintenance and beacons. */
  readonly sealing: Sealing;
  /** What was sealed goes there. */
  readonly publicLog: TestLog;
  /** Enrols a node, which is active from the next slot on. */
  enrol(name: string, options?: { owner?: string }): Promise<TestNode>;
  /** Moves the clock to a moment of a slot, ms after its start. */
  goTo(slot: number, afterMs?: number): Promise<void>;
  /** Seals every slot that is due and appends it. */
  seal(): Promise<void>;
  /** The same services on the same documents, as after a restart. */
  restarted(): Promise<
    Pick<
      TestServices,
      "registry" | "addresses" | "commands" | "maintenance" | "beacons" | "policies" | "sealing"
    >
  >;
  /** Another replica on the same documents. */
  replica(name: string): ReturnType<TestServices["restarted"]>;
};

export const createTestServices = async ({
  network = testNetwork(),
  policy = testPolicy(network),
  decorate = (documents: Documents): Documents => documents,
  store = { engine: "sqlite", path: ":memory:" },
}: {
  network?: Network;
  policy?: Policy;
  /** Puts something between the services and the store, for faults. */
  decorate?: (documents: Documents) => Documents;
  store?: DocumentsOptions;
} = {}): Promise<TestServices> => {
  const { genesis } = network;
  const clock = createTestClock(slotStart(genesis, genesis.first_slot));
  const stored = await openDocuments(store, [
    ...policyCollections,
    ...registryCollections,
    ...addressesCollections,
    ...commandsCollections,
    ...maintenanceCollections,
    ...beaconsCollections,
    ...sealingCollections,
  ]);
  const documents = decorate(stored);
  const events = createEvents<NetworkEvent>();
  const log = createLog({ level: "silent", name: "test" });

  const publicLog = createTestLog(network);

  const start = async (replica?: string) => {
    const shared = { isShared: replica !== undefined };
    const policies = await createPolicies({ documents, network, clock }, { firstPolicy: policy });
    const registry = await createRegistry(
      { documents, network, policies, clock, events },
      {
        isRecentHeader: (headerHash): Promise<boolean> => sealing.isRecentHeader(headerHash),
        addressFacts: () => readAddressFacts(documents),
        ...shared,
      },
    );
    const addresses = createAddresses({ documents, network, clock, registry, events });
    const sign = (command: object) => ({
      signature: signObject("command", network.networkId, command, testSeed("network")),
    });
    const metrics = createMetrics();
    const commands = await createCommands({
      documents,
      network,
      clock,
      registry,
      events,
      metrics,
      sign,
    });
    const maintenance = await createMaintenance({ documents, network, clock, registry });
    const beacons = await createBeacons(
      { documents, network, registry, maintenance, clock, log, events },
      { ...(replica !== undefined && { replica }), ...shared },
    );
    const sealing: Sealing = await createSealing({
      documents,
      network,
      clock,
      log,
      metrics,
      policies,
      registry,
      beacons,
      send: publicLog.send,
    });
    sealing.feed([
      createPolicySource({ documents }),
      ...registry.sources,
      addresses.source,
      maintenance.source,
      ...beacons.sources,
    ]);
    return { policies, registry, addresses, commands, maintenance, beacons, sealing };
  };
  const services = await start();

  return {
    network,
    clock,
    documents,
    events,
    ...services,
    publicLog,
    seal: async () => {
      const { signal } = new AbortController();
      await services.sealing.run(signal, 1);
      await services.sealing.sender.run(signal);
    },
    enrol: async (name, options) => {
      const node = createTestNode(network, name, options);
      const enrolment = node.enrolment({ header_hash: services.sealing.headerHash() });
      const verdict = await services.registry.enrol(network.networkId, enrolment);
      if (verdict.outcome === "refused") throw new Error(verdict.detail);
      return node;
    },
    goTo: async (slot, afterMs = 0) => {
      await clock.advance(slotStart(genesis, slot) + afterMs - clock.now());
    },
    restarted: () => start(),
    replica: start,
    [Symbol.asyncDispose]: async () => {
      await services.beacons.settled();
      await stored[Symbol.asyncDispose]();
    },
  };
};
