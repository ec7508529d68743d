import type { Policy } from "@lucid/protocol";
import {
  createPayerWorld,
  type PayerProcess,
  type PayerWorld,
} from "../../packages/node-management/src/testing/payer-world.ts";
import {
  createSettlementWorld,
  type Settler,
  type SettlementWorld,
} from "../../packages/node-management/src/testing/settlement-world.ts";

/** What an epoch pays, all of it to one node if there is only one. */
export const budget = "400000000";

export type PaidNetwork = AsyncDisposable & {
  readonly world: SettlementWorld;
  readonly paying: PayerWorld;
  readonly settler: Settler;
  /** Pays what stands in the log that the network is sealed into. */
  readonly payer: PayerProcess;
};

/** Owners with so many nodes each, settled and paid on a chain of its own, by a clock that the test drives. */
export const createPaidNetwork = async (
  owners: readonly number[],
  rules: Partial<Policy> = {},
  network?: Parameters<typeof createSettlementWorld>[2],
): Promise<PaidNetwork> => {
  const stack = new AsyncDisposableStack();
  const large = { epoch_budget_micro: budget, max_reward_per_node_micro: budget };
  const world = stack.use(await createSettlementWorld(owners, { ...large, ...rules }, network));
  const paying = stack.use(await createPayerWorld({ on: world }));
  const settler = world.start();
  const payer = paying.start({
    publicLog: {
      sealedSlot: (account, seq) => settler.ledger.sealedSlot(account, seq),
      size: () => world.services.sealing.checkpoint()?.size ?? 0,
    },
  });
  return { world, paying, settler, payer, [Symbol.asyncDispose]: () => stack.disposeAsync() };
};
