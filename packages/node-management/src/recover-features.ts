import type { NetworkEvent } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import { createEvents } from "@lucid/platform/events";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { createAddressAdopter, readAddressFacts } from "./addresses/index.ts";
import { createAuditAdopter } from "./audit/index.ts";
import { createBeacons, createBeaconsAdopters } from "./beacons/index.ts";
import { createEpochsAdopters } from "./epochs/index.ts";
import { createLedger, createLedgerAdopter } from "./ledger/index.ts";
import { createMaintenance, createMaintenanceAdopter } from "./maintenance/index.ts";
import { createPayoutsAdopter } from "./payouts/index.ts";
import { createPolicies, createPolicyAdopter, policyCollections } from "./policy/index.ts";
import { createPools, createPoolsAdopter } from "./pools/index.ts";
import { createRegistry, createRegistryAdopters } from "./registry/index.ts";
import { createSealing } from "./sealing/index.ts";
import type { AnyAdopter } from "./shared/adopt.ts";
import type { Network } from "./shared/network.ts";

export type RecoveryDeps = {
  readonly documents: Documents;
  readonly network: Network;
  readonly clock: Clock;
  /** The token that is paid with; null where the settings name none. */
  readonly token: string | null;
};

/** What writes the facts of a block as they were; nothing of it follows from anything else. */
export const createFactAdopters = async ({ documents, network }: RecoveryDeps) => {
  const addressFacts = await readAddressFacts(documents);
  const registry = await createRegistryAdopters({ documents, network }, addressFacts);
  const pools = createPoolsAdopter({ documents, network });
  const { commitments, excuses, beacons } = createBeaconsAdopters(documents);
  const adopters: readonly AnyAdopter[] = [
    createPolicyAdopter(documents),
    registry.enrolments,
    createAddressAdopter(documents, registry.addresses),
    registry.standings,
    pools,
    commitments,
    createMaintenanceAdopter(documents),
    excuses,
    createLedgerAdopter(documents),
    createAuditAdopter(documents),
  ];
  return { adopters, beacons, finish: () => pools.finish() };
};

/** What settles epochs again and follows payouts, on a store that holds every fact of the log. */
export const createSettledAdopters = async (deps: RecoveryDeps) => {
  const { documents } = deps;
  const events = createEvents<NetworkEvent>();
  const idle = {
    events,
    log: createLog({ level: "silent", name: "recovery" }),
    metrics: createMetrics(),
  };
  const given = { ...deps, ...idle };
  const policies = await createPolicies(given, { firstPolicy: await readFirstPolicy(documents) });
  const ledger = createLedger({ ...given, policies });
  const addressFacts = () => readAddressFacts(documents);
  const registry = await createRegistry({ ...given, policies }, { addressFacts });
  const pools = createPools({ ...given, registry, scoresOf: async () => [] });
  const maintenance = await createMaintenance({ ...given, registry });
  const beacons = await createBeacons({ ...given, registry, maintenance });
  const send = async () => ({ outcome: "unreachable", detail: "nothing is sent" }) as const;
  const sealing = await createSealing({ ...given, policies, registry, beacons, send });
  const services = { ...given, policies, registry, pools, maintenance, beacons, sealing, ledger };
  const { results, closed } = createEpochsAdopters(services);
  const payouts = createPayoutsAdopter({ ...deps, ledger, policies });
  const adopters: readonly AnyAdopter[] = [results, closed, payouts];
  return { adopters, finish: () => payouts.finish() };
};

const readFirstPolicy = async (documents: RecoveryDeps["documents"]): Promise<unknown> => {
  const [definition] = policyCollections;
  return (await documents.collection(definition).get("1"))?.policy;
};
