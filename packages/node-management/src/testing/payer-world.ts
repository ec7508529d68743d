import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Documents } from "@lucid/platform/documents";
import { createEvents } from "@lucid/platform/events";
import { createMetrics } from "@lucid/platform/metrics";
import { addressOfKey, ownerAccount, type Policy, rewardKey } from "@lucid/protocol";
import { createLocalSigner, networkProfile } from "@lucid/tron";
import { createChain } from "@lucid/tron/tronweb";
import { type Devnet, type MemoryDevnet, openDevnet, startDevnet } from "@lucid/tron-devnet";
import { createLedger } from "../ledger/index.ts";
import {
  createTestServices,
  type TestNode,
  type TestServices,
  testNetwork,
  testPolicy,
} from "./index.ts";
import { BLOCK_MS, type Between, createPayerProcess, type PayerProcess } from "./payer-process.ts";
import { openTestStore } from "./store.ts";

export { type Between, type PayerProcess, PERIOD_MS } from "./payer-process.ts";

export const WALLET_KEY = "11".repeat(32);
/** Somebody else, who has some of the token. */
export const STRANGER_KEY = "33".repeat(32);
/** Blocks on top of which a block is solidified. */
export const SOLID_AFTER = 3;

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
  const policy = testPolicy(network, { payout: { unwitnessed_delay_slots: 0, ...rules } });
  const services = await createTestServices({ network, policy, decorate: () => store });
  return { store, services };
};

export const toEndpoint = (url: string) => ({
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

  const start = (between: Between = {}): PayerProcess => {
    const deps = { store, network, clock, policies, registry, ports, signer };
    const process = createPayerProcess({ ...deps, genesisBlockId: devnet.genesisBlockId }, between);
    return { ...process, run: (fence = ++token, signal) => process.run(fence, signal) };
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
