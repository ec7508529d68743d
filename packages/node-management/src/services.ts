import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { NetworkEvent } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import { createEvents } from "@lucid/platform/events";
import { createTokens } from "@lucid/platform/http";
import type { Log } from "@lucid/platform/log";
import type { Metrics } from "@lucid/platform/metrics";
import { fromHex, labelledHash } from "@lucid/protocol";
import {
  createAccess,
  createOutsideIssuers,
  createRevocations,
  createServiceToken,
} from "./access/index.ts";
import { createAudit, createAuditRoots } from "./audit/index.ts";
import { createAddresses, readAddressFacts } from "./addresses/index.ts";
import { createBeacons } from "./beacons/index.ts";
import { createClearedPayer, createSignerWords } from "./cleared-payer.ts";
import { createCommands, createSignCommand } from "./commands/index.ts";
import type { NodeManagementConfig } from "./config.ts";
import { createEpochs, type Epochs } from "./epochs/index.ts";
import { createHolds } from "./holds/index.ts";
import { createLedger } from "./ledger/index.ts";
import { createMaintenance } from "./maintenance/index.ts";
import { createNodeCounts, payToView } from "./network/index.ts";
import {
  bindPayer,
  createAttempts,
  createPayouts,
  type Payer,
  type Payouts,
  payoutsOptions,
} from "./payouts/index.ts";
import { createPolicies } from "./policy/index.ts";
import { createPoolHealth, createPools } from "./pools/index.ts";
import { createRecordSources } from "./record-sources.ts";
import { createRegistry, createStatusOf } from "./registry/index.ts";
import { createResources } from "./resources/index.ts";
import { createSealing, createSendSlots, type Sealing, type SendSlots } from "./sealing/index.ts";
import { createRefusedAddress } from "./refused-address.ts";
import { checkSeeds } from "./seeds.ts";
import { Fault } from "./shared/fault.ts";
import type { Reached } from "./shared/follow.ts";
import type { Network } from "./shared/network.ts";
import { createTreasury } from "./treasury/index.ts";

export type ServicesDeps = {
  readonly network: Network;
  readonly documents: Documents;
  /** Names this process among those that accept beacons for the network; the store's id unless given. */
  readonly replica?: string;
  /** Where other replicas work on the same store: what was sealed before anything is loaded. */
  readonly shared?: { readonly isShared?: boolean; readonly from?: Reached };
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** What pays; null when this network pays nobody. */
  readonly payer: Payer | null;
  /** What takes sealed slots, instead of the block-manager that the settings name. */
  readonly send?: SendSlots | undefined;
};

export type ServicesOptions = {
  readonly config: NodeManagementConfig;
  /** Seed of the key that signs tokens, 32 bytes. */
  readonly tokenKey: Uint8Array;
  /** What policy.json holds. */
  readonly firstPolicy: unknown;
};

/** Every feature, each given only what stands before it. Throws what refuses to start. */
export const createServices = async (deps: ServicesDeps, options: ServicesOptions) => {
  const { network, clock, payer } = deps;
  const { config, tokenKey, firstPolicy } = options;
  const events = createEvents<NetworkEvent>({
    onFailure: (err) =>
      deps.log.error({ err }, "who was told of events failed, and is told no more"),
  });
  const policies = await createPolicies(deps, { firstPolicy });
  checkSeeds(config, { network, policies, nowMs: clock.now() });
  const ledger = createLedger({ ...deps, policies, events });
  await bind(payer, ledger);
  const refusedAddress = createRefusedAddress({ network, payer, ledger }, config);
  const registry = await createRegistry(
    { ...deps, policies, events },
    {
      refusedAddress,
      addressFacts: () => readAddressFacts(deps.documents),
      isRecentHeader: (headerHash) => sealing.isRecentHeader(headerHash),
      ...deps.shared,
    },
  );
  const addresses = createAddresses(
    { ...deps, registry, events },
    { refusedAddress, ...deps.shared },
  );
  const pools = createPools({
    ...deps,
    registry,
    events,
    scoresOf: (nodeIds) => epochs.scores(nodeIds),
  });
  const commands = await createCommands({
    ...deps,
    registry,
    events,
    sign: commandSigner(network, config),
  });
  const maintenance = await createMaintenance({ ...deps, registry }, deps.shared);
  const beacons = await createBeacons(
    { ...deps, registry, maintenance, events },
    { ...(deps.replica !== undefined && { replica: deps.replica }), ...deps.shared },
  );
  const statusOf = createStatusOf({ registry, liveness: beacons, maintenance, network, clock });
  const tokens = createTokens({
    key: tokenKey,
    previousKeys: config.PREVIOUS_TOKEN_KEYS.map((key) => fromHex(key)),
    others: createOutsideIssuers(config, { ...deps, networkId: network.networkId }),
    issuer: network.networkId,
    clock,
  });
  const sealing: Sealing = await createSealing({
    ...deps,
    policies,
    registry,
    beacons,
    send:
      deps.send ??
      createSendSlots({ url: config.BLOCK_MANAGER_URL, token: createServiceToken(tokens) }),
  });
  sealing.feed(createRecordSources(deps, { registry, addresses, pools, maintenance, beacons }));
  const epochs: Epochs = createEpochs({
    ...deps,
    policies,
    registry,
    pools,
    maintenance,
    beacons,
    sealing,
    ledger,
    events,
  });
  const pace = payoutsOptions(
    payer?.chains[0].name ?? "nile",
    config.PAYOUT_PROCESSING_INTERVAL * 1000,
  );
  const ownerExists = (ownerId: string) => registry.owner(ownerId) !== null;
  const holds = createHolds({ ...deps, policies, ledger, events, ownerExists });
  const treasury = createTreasury({
    ...deps,
    policies,
    ledger,
    attempts: createAttempts(deps),
    ownerOf: (address) => registry.addresses.holderOf(address, clock.now())?.owner ?? null,
    ownerExists,
    claimAddress: registry.claimAddress,
    payer,
  });
  const cleared =
    payer === null
      ? null
      : createClearedPayer(payer, { ...deps, policies, treasury, payouts: () => payouts });
  const payouts: Payouts = createPayouts(
    {
      ...deps,
      policies,
      registry,
      ledger,
      events,
      holds,
      treasury: cleared?.treasury ?? treasury,
      publicLog: {
        sealedSlot: (account, seq) => ledger.sealedSlot(account, seq),
        size: () => sealing.checkpoint()?.size ?? 0,
      },
      payer: cleared?.payer ?? {
        notConfigured: "TRON_NETWORK is none: the books are kept, nobody is paid",
      },
    },
    pace,
  );
  const access = createAccess(
    { ...deps, tokens, randomBytes, members: membersOf(registry) },
    {
      peopleKeys: {
        admin: config.ADMIN_KEYS,
        operator: config.OPERATOR_KEYS,
        treasurer: config.TREASURER_KEYS,
        auditor: config.AUDITOR_KEYS,
      },
      challengeSecret: labelledHash("challenge_secret", tokenKey),
    },
  );
  return {
    events,
    audit: createAudit({ ...deps, randomBytes }),
    auditRoots: createAuditRoots({ ...deps, randomBytes }),
    revocations: await createRevocations(deps),
    policies,
    registry,
    addresses,
    ledger,
    commands,
    maintenance,
    resources: createResources({ ...deps, policies, events }),
    beacons,
    sealing,
    statusOf,
    pools,
    healthOf: createPoolHealth({ pools, statusOf: (nodeId) => statusOf(nodeId) }),
    nodeCounts: createNodeCounts({ registry, statusOf, clock }),
    epochs,
    holds,
    payouts,
    treasury,
    clearance: cleared?.clearance ?? null,
    /** One sentence about the signer; null where the payer has none to speak of. */
    signer: createSignerWords(payer),
    pace,
    payView: () => payToView(payer, payouts.state()),
    tokens,
    access,
  };
};

export type Services = Awaited<ReturnType<typeof createServices>>;

const commandSigner = (network: Network, config: NodeManagementConfig) =>
  createSignCommand(
    network,
    config.NETWORK_KEY_FILE ?? join(config.LUCID_DATA_PATH, "keys", "network.key"),
  );

const bind = async (
  payer: Payer | null,
  ledger: ReturnType<typeof createLedger>,
): Promise<void> => {
  if (payer === null) return;
  const verdict = await bindPayer(payer, ledger);
  if (!verdict.ok) throw new Fault(verdict.code, verdict.detail);
};

const membersOf = (registry: Awaited<ReturnType<typeof createRegistry>>) => ({
  isNode: (id: string) => registry.node(id) !== null,
  ownerIdOf: (address: string) => registry.ownerOfAddress(address)?.ownerId ?? null,
});
