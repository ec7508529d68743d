import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiError, type Client } from "@lucid/api/client";
import { createTestClock, type TestClock } from "@lucid/platform/clock";
import { createLog } from "@lucid/platform/log";
import {
  addressOfKey,
  epochOf,
  fromHex,
  sha256,
  slotAt,
  slotStart,
  toHex,
  utf8,
} from "@lucid/protocol";
import { createLocalSigner, type Signer } from "@lucid/tron";
import { createChain } from "@lucid/tron/tronweb";
import { type Devnet, startDevnet } from "@lucid/tron-devnet";
import {
  createTestNode,
  testGenesis,
  testNetwork,
  testPolicy,
  testSeed,
  type TestNode,
} from "../packages/node-management/src/testing/index.ts";
import { profileOf } from "../packages/tron-devnet/src/testing/network.ts";
import { type BlockManager, createBlockManager } from "../packages/block-manager/src/index.ts";
import { createTestFolder as createLogFolder } from "../packages/block-manager/src/testing/folder.ts";
import { testConfig as logConfig } from "../packages/block-manager/src/testing/service.ts";
import type { Network } from "../packages/node-management/src/shared/network.ts";
import { startTestService, testTokenKey } from "../packages/node-management/src/testing/service.ts";
import type { Payer } from "../packages/node-management/src/payouts/index.ts";

/** What a node does in a slot. */
export type Deed = "beacon" | "nothing" | "forge" | "twice";

/** honest: always there; lazy: every other slot; flaky: most slots; cloned: two programs with one key; lying: made-up reveals. */
const behaviours = {
  honest: () => "beacon",
  lazy: (slot) => (slot % 2 === 0 ? "beacon" : "nothing"),
  flaky: (slot, name) => ((sha256(utf8(`${name} ${slot}`))[0] ?? 0) < 180 ? "beacon" : "nothing"),
  cloned: () => "twice",
  lying: () => "forge",
} as const satisfies Record<string, (slot: number, name: string) => Deed>;

export type Behaviour = keyof typeof behaviours;

export type Actor = TestNode & {
  readonly behaviour: Behaviour;
  /** Slots whose beacon was acknowledged. */
  readonly acknowledged: ReadonlySet<number>;
  /** Codes of the answers to what was refused. */
  readonly refused: ReadonlySet<string>;
};

export type TestNetwork = AsyncDisposable & {
  readonly client: Client;
  /** Where the service is. */
  readonly url: string;
  readonly networkId: string;
  /** A client that speaks for whoever has the key. */
  readonly signIn: (seed: Uint8Array) => Promise<Client>;
  readonly clock: TestClock;
  readonly devnet: Devnet;
  readonly nodes: readonly Actor[];
  readonly treasury: string;
  /** Where block-manager serves the log. */
  readonly logUrl: string;
  readonly metricsUrls: readonly string[];
  /** The data folders of node-management and of block-manager. */
  readonly folders: { readonly service: string; readonly log: string };
  slot(): number;
  epoch(): number;
  /** Lets slots pass: every node does its deed, the chain makes its blocks. */
  passSlots(count: number): Promise<void>;
  /** Lets slots pass until the condition holds; throws after `most`. */
  passUntil(condition: () => Promise<boolean>, most?: number): Promise<void>;
};

export type TestNetworkOptions = {
  readonly nodes: readonly Behaviour[];
  readonly slotSeconds?: number;
  readonly budgetMicro?: bigint;
  /** Instead of a signer in this process. */
  readonly signer?: (place: SignerPlace) => Promise<Signer>;
};

/** What a signer of its own has to be told. */
export type SignerPlace = {
  readonly devnet: Devnet;
  readonly networkId: string;
  readonly logUrl: string;
};

export const treasuryKey = toHex(sha256(utf8("test treasury")));

/** A whole network in one process: the service on real sockets, a chain, nodes, and one clock that the test drives. */
export async function createTestNetwork(options: TestNetworkOptions): Promise<TestNetwork> {
  await using stack = new AsyncDisposableStack();
  const slotMs = (options.slotSeconds ?? 1) * 1000;
  const firstSlot = Math.ceil((Date.now() - testGenesis().origin_ms) / slotMs);
  const genesis = testGenesis({
    slot_ms: slotMs,
    grace_ms: slotMs / 5,
    leader_window_ms: slotMs / 10,
    first_slot: firstSlot,
  });
  const network = testNetwork(genesis);
  const rules = testPolicy(network);
  const budget = (options.budgetMicro ?? 100_000_000n).toString();
  const policy = { ...rules, epoch_budget_micro: budget, max_reward_per_node_micro: budget };

  const dir = mkdtempSync(join(tmpdir(), "lucid-chain-"));
  stack.defer(() => rmSync(dir, { recursive: true, force: true }));
  const treasury = addressOfKey(treasuryKey);
  const time = { now: () => slotStart(genesis, firstSlot) };
  const devnet = stack.use(
    await startDevnet({
      dir,
      blockMs: slotMs,
      mining: "manual",
      clock: { now: () => time.now() },
      accounts: [{ address: treasury, trxSun: 10n ** 12n, usdtMicro: 10n ** 12n }],
    }),
  );
  const clock = createTestClock(slotStart(genesis, firstSlot));
  const { blockManager, folder: logFolder } = await startBlockManager(stack, network, clock);
  const place = { devnet, networkId: network.networkId, logUrl: blockManager.url };
  const service = stack.use(
    await startTestService({
      network,
      policy,
      clock,
      payer: createPayer(devnet, await options.signer?.(place)),
      settings: { PAYOUT_PROCESSING_INTERVAL: "1", BLOCK_MANAGER_URL: blockManager.url },
    }),
  );
  const { client } = service;
  time.now = () => clock.now();
  const nodes = await Promise.all(options.nodes.map((behaviour, i) => enrol(i, behaviour)));

  async function enrol(i: number, behaviour: Behaviour) {
    const node = createTestNode(network, `${behaviour} ${i}`);
    await client.call("enrolNode", {
      body: { network_id: network.networkId, ...node.enrolment() },
    });
    return {
      ...node,
      behaviour,
      acknowledged: new Set<number>(),
      refused: new Set<string>(),
      committed: new Set<number>(),
    };
  }
  const act = async (node: (typeof nodes)[number], slot: number): Promise<void> => {
    const epoch = epochOf(genesis, slot);
    if (!node.committed.has(epoch)) {
      node.committed.add(epoch);
      const body = node.commitment(epoch);
      if (!(await isTaken(node, client.call("commitBeacons", { body })))) return;
    }
    const deed: Deed = behaviours[node.behaviour](slot, node.nodeId);
    if (deed === "nothing") return;
    const beacon = node.signedBeacon(slot);
    const body = deed === "forge" ? { ...beacon, reveal: toHex(sha256(utf8(`${slot}`))) } : beacon;
    const boots = deed === "twice" ? ["00".repeat(8), "11".repeat(8)] : ["00".repeat(8)];
    for (const boot_id of boots) await send(node, { ...body, boot_id });
  };

  const send = async (
    node: (typeof nodes)[number],
    body: ReturnType<TestNode["signedBeacon"]> & { boot_id: string },
  ): Promise<void> => {
    const sent = client.call("sendBeacon", { body });
    if (!(await isTaken(node, sent))) return;
    const { verdict } = await sent;
    if (verdict === "accepted") node.acknowledged.add(body.slot);
  };

  const isTaken = async (
    node: (typeof nodes)[number],
    call: Promise<unknown>,
  ): Promise<boolean> => {
    try {
      await call;
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      node.refused.add(error.code);
      return false;
    }
  };

  const passSlot = async (): Promise<void> => {
    const slot = slotAt(genesis, clock.now()) + 1;
    await service.goTo(slot, slotMs / 2);
    await Promise.all(nodes.map((node) => act(node, slot)));
    devnet.mine(1);
  };

  const passSlots = async (count: number): Promise<void> => {
    for (let passed = 0; passed < count; passed++) await passSlot();
  };

  const running = stack.move();
  return {
    client,
    url: service.service.url,
    networkId: network.networkId,
    signIn: (seed) => service.signIn(seed),
    clock,
    devnet,
    nodes,
    treasury,
    logUrl: blockManager.url,
    folders: { service: service.folder, log: logFolder },
    metricsUrls: [service.service.metricsUrl, blockManager.metricsUrl],
    slot: () => slotAt(genesis, clock.now()),
    epoch: () => epochOf(genesis, slotAt(genesis, clock.now())),
    passSlots,
    passUntil: async (condition, most = 200) => {
      for (let passed = 0; passed < most; passed++) {
        if (await condition()) return;
        await passSlot();
      }
      throw new Error(`it did not come about within ${most} slots`);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The real block-manager, in a folder of its own, by the same clock. */
async function startBlockManager(
  stack: AsyncDisposableStack,
  network: Network,
  clock: TestClock,
): Promise<{ readonly blockManager: BlockManager; readonly folder: string }> {
  const token = fromHex(testTokenKey);
  const seeds = { network: testSeed("network"), log: testSeed("log"), token };
  const folder = stack.use(await createLogFolder({ ...network, seeds }));
  const log = createLog({ level: "silent", name: "test" });
  const blockManager = stack.use(await createBlockManager(logConfig(folder.path), { clock, log }));
  return { blockManager, folder: folder.path };
}

/** What pays on the chain of a network in one process. */
export function createPayer(devnet: Devnet, signer?: Signer): Payer {
  const profile = profileOf(devnet);
  const [endpoint] = profile.endpoints;
  if (endpoint === undefined) throw new Error("the devnet has no endpoint");
  return {
    genesisBlockId: devnet.genesisBlockId,
    chains: [createChain(profile, endpoint)],
    signer: signer ?? createLocalSigner({ privateKeyHex: treasuryKey, profile }),
  };
}
