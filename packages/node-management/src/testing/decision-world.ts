import { ownerAccount, parseUsdt } from "@lucid/protocol";
import type { PayoutDocument } from "../payouts/documents.ts";
import type { DecisionRequest } from "../payouts/decide.ts";
import type { TestNode } from "./index.ts";
import {
  createPayerWorld,
  type PayerProcess,
  type PayerWorld,
  SOLID_AFTER,
} from "./payer-world.ts";

type WorldOptions = Parameters<typeof createPayerWorld>[0];

/** One owner with one payout, and people who decide about it. */
export type DecisionWorld = AsyncDisposable & {
  readonly world: PayerWorld;
  readonly payer: PayerProcess;
  readonly node: TestNode;
  /** Of another owner. */
  readonly other: TestNode;
  /** Newest first. */
  readonly all: () => Promise<readonly PayoutDocument[]>;
  /** The oldest payout. */
  readonly first: () => Promise<PayoutDocument>;
  /** What a person says about the oldest payout. */
  readonly say: (
    act: DecisionRequest["act"],
    by: string,
    more?: Partial<DecisionRequest>,
  ) => ReturnType<PayerProcess["payouts"]["decide"]>;
  /** Runs, each followed by the blocks that solidify what it sent. */
  readonly runs: (count: number) => Promise<void>;
  readonly balance: () => Promise<bigint>;
};

export const usdt = (amount: number): bigint => parseUsdt(amount.toFixed(6));

/** After the first run of a payer; `before` happens before it. */
export const openDecisionWorld = async (
  earned: number,
  options: WorldOptions = {},
  start: Parameters<PayerWorld["start"]>[0] = {},
  before: (world: PayerWorld) => void = () => {},
): Promise<DecisionWorld> => {
  const world = await createPayerWorld(options);
  const [node, other] = [await world.owner("a"), await world.owner("b")];
  await world.earn(node, usdt(earned));
  before(world);
  const payer = world.start(start);
  await payer.run();
  const all = async () => (await payer.payouts.list({ limit: 100 })).items;
  const first = async () => {
    const oldest = (await all()).at(-1);
    if (oldest === undefined) throw new Error("there is no payout");
    return oldest;
  };
  return {
    world,
    payer,
    node,
    other,
    all,
    first,
    say: async (act, by, more = {}) => {
      const { id: payoutId } = await first();
      return payer.payouts.decide({ payoutId, act, by, reason: "so it shall be", ...more });
    },
    runs: async (count) => {
      for (let n = 0; n < count; n++) {
        await payer.run();
        await world.mine(SOLID_AFTER + 1);
      }
    },
    balance: () => {
      const { ownerId = "" } = world.services.registry.node(node.nodeId) ?? {};
      return payer.ledger.balance(ownerAccount(ownerId));
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
};
