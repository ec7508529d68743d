import { createEvents } from "@lucid/platform/events";
import { createMetrics } from "@lucid/platform/metrics";
import type { Documents } from "@lucid/platform/documents";
import { epochOf, firstSlotOf, type Policy, slotIndex, slotStart } from "@lucid/protocol";
import {
  createEpochClosedSource,
  createEpochResultSource,
  createEpochs,
  type Epochs,
} from "../epochs/index.ts";
import { createLedger, createLedgerSource, type Ledger } from "../ledger/index.ts";
import { createPayoutSource } from "../payouts/index.ts";
import { createPools, type Pools } from "../pools/index.ts";
import { createPolicySource } from "../policy/index.ts";
import type { Network } from "../shared/network.ts";
import {
  createTestServices,
  type TestNode,
  testNetwork,
  testPolicy,
  type TestServices,
} from "./index.ts";
import { openTestStore } from "./store.ts";

/** Settlement and ledger of one process, on whatever stands between it and the store. */
export type Settler = { readonly epochs: Epochs; readonly ledger: Ledger };

export type SettlementWorld = AsyncDisposable & {
  readonly services: TestServices;
  readonly store: Documents;
  readonly nodes: readonly TestNode[];
  readonly pools: Pools;
  start(documents?: Pick<Documents, "collection">): Settler;
  /** Lives through an epoch up to the moment it may be settled; `isPresent` says who sends a beacon in which slot. */
  play(epoch: number, isPresent: (node: number, index: number) => boolean): Promise<void>;
  /** Does not hear anything from now to this moment of an epoch. */
  sleepUntil(epoch: number, index: number): Promise<void>;
};

/** When in a slot nodes send their beacon. */
const BEACON_MS = 200;

/** Registry and beacons on a store in memory, with `owners` as a list of how many nodes each has. */
export const createSettlementWorld = async (
  owners: readonly number[],
  rules: Partial<Policy> = {},
  network: Network = testNetwork(),
): Promise<SettlementWorld> => {
  const store = await openTestStore();
  const policy = { ...testPolicy(network), ...rules };
  const services = await createTestServices({ network, policy, decorate: () => store });
  const { clock, policies, registry, addresses, maintenance, beacons, sealing } = services;
  const { genesis } = network;
  const nodes: TestNode[] = [];
  for (const [owner, count] of owners.entries())
    for (let n = 0; n < count; n++)
      nodes.push(await services.enrol(`${owner}/${n}`, { owner: `owner ${owner}` }));

  let hearing = new AbortController();
  let listening = beacons.listen(hearing.signal);
  const stopListening = async () => {
    hearing.abort();
    await listening;
  };
  const connection = { failures: 0 };
  const pools = createPools({
    ...services,
    documents: store,
    scoresOf: async (nodeIds) => nodeIds.map(() => null),
  });
  const facts = { documents: store, network };
  sealing.feed([
    createPolicySource(facts),
    ...registry.sources,
    addresses.source,
    ...pools.sources,
    maintenance.source,
    ...beacons.sources,
    createEpochResultSource(facts),
    createEpochClosedSource(facts),
    createLedgerSource(facts),
    createPayoutSource(facts),
  ]);

  return {
    services,
    store,
    nodes,
    pools,
    start: (documents = store) => {
      const events = createEvents<never>();
      const metrics = createMetrics();
      const shared = { documents, network, clock, policies, events, metrics };
      const ledger = createLedger(shared);
      return {
        ledger,
        epochs: createEpochs({ ...shared, registry, pools, maintenance, beacons, sealing, ledger }),
      };
    },
    play: async (epoch, isPresent) => {
      const first = firstSlotOf(genesis, epoch);
      const due = first + genesis.slots_per_epoch + 2;
      for (let slot = first; slot <= due; slot++) {
        if (slotStart(genesis, slot) + BEACON_MS < clock.now()) continue;
        await services.goTo(slot, BEACON_MS);
        await services.seal();
        const index = slotIndex(genesis, slot);
        for (const [position, node] of nodes.entries()) {
          if (!isPresent(position, index)) continue;
          await beacons.commit(node.commitment(epochOf(genesis, slot)), connection);
          await beacons.accept(node.beacon(slot), connection);
        }
      }
      await services.goTo(due, genesis.grace_ms);
      await services.seal();
    },
    sleepUntil: async (epoch, index) => {
      await stopListening();
      await services.goTo(firstSlotOf(genesis, epoch) + index);
      hearing = new AbortController();
      listening = beacons.listen(hearing.signal);
      await clock.advance(1);
      await services.seal();
    },
    [Symbol.asyncDispose]: async () => {
      await stopListening();
      await services[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
};
