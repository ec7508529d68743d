import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Documents } from "@lucid/platform/documents";
import { createEvents } from "@lucid/platform/events";
import { createLog } from "@lucid/platform/log";
import { createMetrics } from "@lucid/platform/metrics";
import { addressOfKey, ownerAccount, type Policy, rewardKey, slotAt } from "@lucid/protocol";
import {
  type ChainPort,
  createLocalSigner,
  type LocalSigner,
  networkProfile,
  type Signer,
} from "@lucid/tron";
import { createChain } from "@lucid/tron/tronweb";
import { type Devnet, type MemoryDevnet, openDevnet, startDevnet } from "@lucid/tron-devnet";
import type { Clearance, PayerSetup } from "../clearance/index.ts";
import { createClearedPayer } from "../cleared-payer.ts";
import { createHolds, type Holds } from "../holds/index.ts";
import { createLedger, type Ledger } from "../ledger/index.ts";
import { createTreasury, type Treasury } from "../treasury/index.ts";
import {
  createAttempts,
  createPayouts,
  type Payer,
  type Payouts,
  payoutsOptions,
  type PublicLog,
} from "../payouts/index.ts";
import {
  createTestServices,
  type TestNode,
  type TestServices,
  testNetwork,
  testPolicy,
} from "./index.ts";
import { openTestStore } from "./store.ts";

const WALLET_KEY = "11".repeat(32);
/** Somebody else, who has some of the token. */
export const STRANGER_KEY = "33".repeat(32);
const BLOCK_MS = 3000;
/** Blocks on top of which a block is solidified. */
export const SOLID_AFTER = 3;
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
  run(token?: number): Promise<void>;
};

export type PayerWorld = AsyncDisposable & {
  readonly services: TestServices;
  readonly store: Documents;
  /** Has two nodes, `a` and `b`. */
  readonly devnet: Devnet;
  readonly wallet: string;
  readonly stranger: string;
  /** The folder of this world. */
  readonly dir: string;
  /** Moves the token behind the payer's back, and makes the blocks that solidify it. Returns the txid. */
  readonly move: (from: "wallet" | "stranger", to: string, amountMicro: bigint) => Promise<string>;
  /** Enrols a node of a new owner. */
  readonly owner: (name: string) => Promise<TestNode>;
  /** Credits a reward of a new epoch. */
  readonly earn: (node: TestNode, amountMicro: bigint) => Promise<void>;
  readonly start: (between?: Between) => PayerProcess;
  /** Makes blocks, and lets that much time pass. */
  readonly mine: (blocks: number) => Promise<void>;
  /** Runs and makes blocks until no payout is on its way or `rounds` are over. */
  readonly finish: (process: PayerProcess, rounds?: number) => Promise<void>;
};

const openNetwork = async (rules: Partial<Policy["payout"]>, path: string | undefined) => {
  const store = await openTestStore(path);
  const network = testNetwork();
  const base = testPolicy(network);
  const policy = { ...base, payout: { ...base.payout, unwitnessed_delay_slots: 0, ...rules } };
  const services = await createTestServices({ network, policy, decorate: () => store });
  return { store, services };
};

const toEndpoint = (url: string) => ({
  full: url,
  solidity: url,
  jsonrpc: `${url}/jsonrpc`,
  history: url,
});

/** A payer on a chain of its own: TronWeb over HTTP, a store in memory, a clock that the test drives. */
export const createPayerWorld = async ({
  rules = {},
  usdtMicro = 1_000_000_000_000n,
  trxSun = 1_000_000_000_000n,
  isOnDisk = false,
  on,
  chain,
}: {
  rules?: Partial<Policy["payout"]>;
  usdtMicro?: bigint;
  trxSun?: bigint;
  /** The store is the file `store.sqlite` in the folder. */
  isOnDisk?: boolean;
  /** A network that is there already; it outlives this world. */
  on?: { services: TestServices; store: Documents };
  /** Instead of a chain over HTTP: one in memory of its own, or one that several worlds share and that outlives them. */
  chain?: "in memory" | MemoryDevnet;
} = {}): Promise<PayerWorld> => {
  const dir = await mkdtemp(join(tmpdir(), "payer-"));
  const { store, services } =
    on ?? (await openNetwork(rules, isOnDisk ? join(dir, "store.sqlite") : undefined));
  const { network, clock, policies, registry } = services;
  const stranger = addressOfKey(STRANGER_KEY);
  const wallet = addressOfKey(WALLET_KEY);
  const options = {
    blockMs: BLOCK_MS,
    solidAfter: SOLID_AFTER,
    clock,
    accounts: [
      { address: wallet, trxSun, usdtMicro },
      { address: stranger, trxSun: 1_000_000_000n, usdtMicro: 1_000_000_000n },
    ],
  };
  const memory = chain === "in memory" ? openDevnet(options) : chain;
  const devnet = memory ?? (await startDevnet({ ...options, dir, mining: "manual" }));
  const profile = networkProfile("local", {
    genesisBlockId: devnet.genesisBlockId,
    token: devnet.token,
    endpoints: [devnet.nodeUrl("a"), devnet.nodeUrl("b")].map(toEndpoint),
  });
  const carried = memory === undefined ? {} : { transport: memory.ask };
  const ports = profile.endpoints.map((endpoint) => createChain(profile, endpoint, carried));
  const [port] = ports;
  if (port === undefined) throw new Error("a chain has an endpoint");
  const signer = createLocalSigner({ privateKeyHex: WALLET_KEY, profile });
  const log = createLog({ level: "silent", name: "test" });
  const tools = () => ({ events: createEvents<never>(), metrics: createMetrics() });
  const books = createLedger({ documents: store, network, clock, policies, ...tools() });
  let token = 0;
  let epoch = 100;

  const mine = async (blocks: number) => {
    devnet.mine(blocks);
    await clock.advance(Math.max(0, devnet.head().timestampMs - clock.now()));
  };
  await mine(SOLID_AFTER + 2);
  const binding = { chainGenesisId: devnet.genesisBlockId, token: devnet.token, wallet };
  await books.bind(binding);

  const openLogOf = (ledger: Ledger): PublicLog => ({
    sealedSlot: async (account, seq) => {
      const entry = await ledger.entry(account, seq);
      return entry === null ? null : slotAt(network.genesis, entry.at);
    },
    size: () => Number.POSITIVE_INFINITY,
  });

  const move: PayerWorld["move"] = async (from, to, amountMicro) => {
    const key = from === "wallet" ? WALLET_KEY : STRANGER_KEY;
    const solid = await port.solidHead();
    if (!solid.ok) throw new Error(solid.reason);
    const { timestampMs } = devnet.head();
    const unsigned = await port.buildTransfer({
      from: addressOfKey(key),
      to,
      amountMicro,
      refBlock: solid.value,
      timestampMs,
      expirationMs: timestampMs + 60_000,
      feeLimitSun: 50_000_000n,
    });
    await port.send(createLocalSigner({ privateKeyHex: key, profile }).sign(unsigned));
    await mine(SOLID_AFTER + 1);
    return unsigned.txid;
  };

  const start = ({
    documents = (s) => s,
    chain = (p) => p,
    endpoints = 1,
    signer: sign = (s) => s,
    setup,
    publicLog,
  }: Between = {}) => {
    const shared = { documents: documents(store), network, clock, policies, ...tools() };
    const ledger = createLedger(shared);
    const [first, ...others] = ports.slice(0, endpoints).map(chain);
    if (first === undefined) throw new Error("a payer needs an endpoint");
    const { genesisBlockId } = devnet;
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
        publicLog: publicLog ?? openLogOf(ledger),
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
      run: (fence = ++token) => payouts.run(new AbortController().signal, { token: fence }),
    };
  };

  return {
    services,
    store,
    devnet,
    wallet,
    stranger,
    dir,
    move,
    owner: (name) => services.enrol(name),
    earn: async (node, amountMicro) => {
      const { ownerId } = registry.node(node.nodeId) ?? { ownerId: "" };
      const appended = await books.append({
        account: ownerAccount(ownerId),
        key: rewardKey(++epoch, node.nodeId),
        amountMicro,
        contra: [{ account: "rewards", amountMicro: -amountMicro }],
        epoch,
        policy: 1,
        at: clock.now(),
      });
      if (appended.outcome !== "appended") throw new Error(appended.outcome);
      await clock.advance(1);
    },
    start,
    mine,
    finish: async (process, rounds = 12) => {
      for (let round = 0; round < rounds; round++) {
        await process.run();
        const { created, approved, signed, broadcast } = await process.payouts.countByState();
        if (created + approved + signed + broadcast === 0) return;
        await mine(SOLID_AFTER + 1);
      }
    },
    [Symbol.asyncDispose]: async () => {
      if (devnet !== chain) await devnet[Symbol.asyncDispose]();
      await rm(dir, { recursive: true });
      if (on !== undefined) return;
      await services[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
};
