import type { Documents } from "@lucid/platform/documents";
import type { PayoutDocument } from "../payouts/documents.ts";
import { createPayerWorld, type PayerProcess, type PayerWorld } from "./payer-world.ts";
import { openTestStore } from "./store.ts";

type Verdict = ReturnType<PayerProcess["treasury"]["record"]>;

/** Payers whose books and wallet differ now and then, and a treasurer who says what happened. */
export type TreasuryWorld = PayerWorld & {
  /** Another store, empty or the copy at this path. */
  readonly openStore: (path?: string) => Promise<Documents>;
  readonly ownerIdOf: (nodeId: string) => string;
  /** What left the wallet. */
  readonly transfers: () => ReturnType<PayerWorld["devnet"]["transfers"]>;
  /** Newest first. */
  readonly list: (payer: PayerProcess) => Promise<readonly PayoutDocument[]>;
  /** Pays all who are due. */
  readonly pay: (payer: PayerProcess) => Promise<void>;
  /** A treasurer records a transaction. */
  readonly say: (
    payer: PayerProcess,
    txid: string,
    about?: { readonly ownerId?: string; readonly payoutId?: string },
  ) => Verdict;
};

export const openTreasuryWorld = async (
  options: Parameters<typeof createPayerWorld>[0] = {},
): Promise<TreasuryWorld> => {
  const stack = new AsyncDisposableStack();
  const world = stack.use(await createPayerWorld({ chain: "in memory", ...options }));
  const { services, devnet, wallet } = world;
  return {
    ...world,
    openStore: async (path) => stack.use(await openTestStore(path)),
    ownerIdOf: (nodeId) => services.registry.node(nodeId)?.ownerId ?? "",
    transfers: () => devnet.transfers().filter(({ from }) => from === wallet),
    list: async ({ payouts }) => (await payouts.list({ limit: 100 })).items,
    pay: async (payer) => {
      await payer.payouts.request();
      await world.finish(payer);
    },
    say: (payer, txid, about = {}) =>
      payer.treasury.record({ txid, reason: "seen on the chain", by: "person_a", ...about }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
};
