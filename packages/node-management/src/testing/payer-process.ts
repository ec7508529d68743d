import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import { createEvents } from "@lucid/platform/events";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { slotAt } from "@lucid/protocol";
import type { ChainPort, LocalSigner, Signer } from "@lucid/tron";
import type { Clearance, PayerSetup } from "../clearance/index.ts";
import { createClearedPayer } from "../cleared-payer.ts";
import { createHolds, type Holds } from "../holds/index.ts";
import { createLedger, type Ledger } from "../ledger/index.ts";
import {
  createAttempts,
  createPayouts,
  type Payer,
  type Payouts,
  payoutsOptions,
  type PublicLog,
} from "../payouts/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { createTreasury, type Treasury } from "../treasury/index.ts";

export const BLOCK_MS = 3000;
export const PERIOD_MS = 3_600_000;

/** What stands between a process and the outside, for faults. */
export type Between = {
  readonly documents?: (store: Pick<Documents, "collection">) => Pick<Documents, "collection">;
  readonly chain?: (port: ChainPort) => ChainPort;
  readonly endpoints?: number;
  readonly signer?: (signer: LocalSigner) => Signer;
  /** How the process is set up, which puts it behind the switch of its chain. */
  readonly setup?: PayerSetup;
  /** Instead of a log in which every entry stands in the block of its slot, published at once. */
  readonly publicLog?: PublicLog;
};

export type PayerProcess = {
  readonly ledger: Ledger;
  readonly payouts: Payouts;
  readonly holds: Holds;
  readonly treasury: Treasury;
  readonly payer: Payer;
  /** Null without a set-up. */
  readonly clearance: Clearance | null;
  /** One run under a new lease, or under this fencing token. */
  run(token?: number, signal?: AbortSignal): Promise<void>;
};

/** What a payer works on; several may share it. */
export type PayerDeps = {
  readonly store: Pick<Documents, "collection">;
  readonly network: Network;
  readonly clock: Clock;
  readonly policies: Pick<Policies, "forSlot" | "version">;
  readonly registry: Pick<
    Registry,
    "owner" | "owners" | "standingAt" | "addresses" | "claimAddress"
  >;
  readonly ports: readonly ChainPort[];
  readonly signer: LocalSigner;
  readonly genesisBlockId: string;
};

const openLogOf = (ledger: Ledger, { genesis }: Network): PublicLog => ({
  sealedSlot: async (account, seq) => {
    const entry = await ledger.entry(account, seq);
    return entry === null ? null : slotAt(genesis, entry.at);
  },
  size: () => Number.POSITIVE_INFINITY,
});

/** The part of the service that pays. */
export const createPayerProcess = (
  { store, network, clock, policies, registry, ports, signer, genesisBlockId }: PayerDeps,
  {
    documents = (s) => s,
    chain = (p) => p,
    endpoints = 1,
    signer: sign = (s) => s,
    setup,
    publicLog,
  }: Between = {},
): PayerProcess => {
  const log = createLog({ level: "silent", name: "test" });
  const shared = {
    documents: documents(store),
    network,
    clock,
    policies,
    events: createEvents<never>(),
    metrics: createMetrics(),
  };
  const ledger = createLedger(shared);
  const [first, ...others] = ports.slice(0, endpoints).map(chain);
  if (first === undefined) throw new Error("a payer needs an endpoint");
  const payer: Payer = {
    chains: [first, ...others],
    signer: sign(signer),
    genesisBlockId,
    setup,
  };
  const ownerExists = (ownerId: string) => registry.owner(ownerId) !== null;
  const holds = createHolds({ ...shared, ledger, ownerExists });
  const treasury = createTreasury({
    ...shared,
    log,
    ledger,
    attempts: createAttempts(shared),
    ownerOf: (address) => registry.addresses.holderOf(address, clock.now())?.owner ?? null,
    ownerExists,
    claimAddress: registry.claimAddress,
    payer,
  });
  const cleared =
    setup === undefined
      ? null
      : createClearedPayer(payer, { ...shared, treasury, payouts: () => payouts });
  const payouts: Payouts = createPayouts(
    {
      ...shared,
      log,
      registry,
      ledger,
      payer: cleared?.payer ?? payer,
      holds,
      treasury: cleared?.treasury ?? treasury,
      publicLog: publicLog ?? openLogOf(ledger, network),
    },
    { ...payoutsOptions("local", PERIOD_MS), resendMs: BLOCK_MS },
  );
  return {
    ledger,
    payouts,
    holds,
    treasury,
    payer,
    clearance: cleared?.clearance ?? null,
    run: (fence = 1, signal = new AbortController().signal) =>
      payouts.run(signal, { token: fence }),
  };
};
