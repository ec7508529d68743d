import { ownerAccount, rewardKey } from "@lucid/protocol";
import {
  createTestServices,
  type TestNode,
  type TestServices,
  testNetwork,
  testPolicy,
  unlimitedPay,
} from "../../../packages/node-management/src/testing/index.ts";
import {
  createPayerWorld,
  type PayerProcess,
  type PayerWorld,
} from "../../../packages/node-management/src/testing/payer-world.ts";
import type { MemoryDevnet } from "@lucid/tron-devnet";
import type { Plot } from "./schedule.ts";
import { openSigner, type SignerProgram } from "./signer.ts";
import {
  createStorePool,
  type Engine,
  openRewindableStore,
  type RewindableStore,
  type StorePool,
} from "./store.ts";

/** An owner of every schedule, and what it earned before it begins. */
export type Earner = {
  readonly node: TestNode;
  readonly ownerId: string;
  readonly earnedMicro: bigint;
};

/** The network that all schedules of a plot and process share: the payer only reads it. */
export type Stage = AsyncDisposable & {
  readonly plot: Plot;
  /** How many the payer has: with one, people vouch for what two would prove. */
  readonly endpoints: number;
  readonly services: TestServices;
  readonly earners: readonly Earner[];
  readonly stores: StorePool;
};

const EARNED: readonly bigint[] = [20_000_000n, 31_000_000n];
const EPOCH = 7;

/** Every payout waits for people: for one, or for two from 25 USDT on. */
const BY_PEOPLE = { mode: "manual", oversight_above_micro: "25000000" } as const;

export const openStage = async (plot: Plot, engine: Engine = "sqlite"): Promise<Stage> => {
  const network = testNetwork();
  const rules = plot === "decided" ? BY_PEOPLE : {};
  const policy = testPolicy(network, { payout: { ...unlimitedPay, ...rules } });
  const services = await createTestServices({ network, policy });
  const earners: Earner[] = [];
  for (const [position, earnedMicro] of EARNED.entries()) {
    const node = await services.enrol(`owner ${position}`);
    const ownerId = services.registry.node(node.nodeId)?.ownerId ?? "";
    earners.push({ node, ownerId, earnedMicro });
  }
  const stores = createStorePool(engine);
  return {
    plot,
    endpoints: plot === "decided" ? 1 : 2,
    services,
    earners,
    stores,
    [Symbol.asyncDispose]: async () => {
      await stores[Symbol.asyncDispose]();
      await services[Symbol.asyncDispose]();
    },
  };
};

/** What one schedule plays on: a chain, a store and a payer's world of its own. */
export type Scene = AsyncDisposable & {
  readonly stage: Stage;
  readonly world: PayerWorld;
  readonly store: RewindableStore;
  readonly signer: SignerProgram;
  /** Binds the ledger as a start does, and credits what was earned, as settlement does again after a restore. */
  credit(process: Pick<PayerProcess, "ledger">): Promise<void>;
  /** The same network's payer on a copy of the store as it is now, on the same chain. */
  cloned(): Promise<Omit<Scene, "stage" | "signer" | "cloned">>;
};

export const openScene = async (
  stage: Stage,
  openSignerOf: typeof openSigner = openSigner,
): Promise<Scene> => {
  const store = await openRewindableStore(stage.stores);
  const { services, earners } = stage;
  const world = await createPayerWorld({
    on: { services, store: store.documents },
    chain: "in memory",
  });
  const at = services.clock.now();
  const { genesisBlockId: chainGenesisId, token } = world.devnet;
  const credit = async ({ ledger }: Pick<PayerProcess, "ledger">) => {
    await ledger.bind({ chainGenesisId, token, wallet: world.wallet });
    for (const { node, ownerId, earnedMicro } of earners)
      await ledger.append({
        account: ownerAccount(ownerId),
        key: rewardKey(EPOCH, node.nodeId),
        amountMicro: earnedMicro,
        contra: [{ account: "rewards", amountMicro: -earnedMicro }],
        epoch: EPOCH,
        policy: 1,
        at,
      });
  };
  await credit(world.start());
  const signer = openSignerOf(world, earners);
  return {
    stage,
    world,
    store,
    signer,
    credit,
    cloned: async () => {
      const copy = await store.copy();
      const chain = world.devnet as MemoryDevnet;
      const other = await createPayerWorld({ on: { services, store: copy.documents }, chain });
      return {
        world: other,
        store: copy,
        credit,
        [Symbol.asyncDispose]: async () => {
          await other[Symbol.asyncDispose]();
          await copy[Symbol.asyncDispose]();
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      signer[Symbol.dispose]();
      await world[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
};
