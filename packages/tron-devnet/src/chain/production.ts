import type { Store } from "../store/store.ts";
import type { Fate, Included, Pending } from "../store/transactions.ts";
import { isExpired } from "./admission.ts";
import { sealBlock } from "./block.ts";
import type { Block } from "./block.ts";
import { execute } from "./execute.ts";
import type { Foundation } from "./genesis.ts";
import { planUndo } from "./undo.ts";
import { createWorld } from "./state.ts";
import type { World } from "./state.ts";
import { parseTransaction } from "./transaction.ts";
import type { Call, Transaction } from "./transaction.ts";

type Ready = { transaction: Transaction; call: Call; fate: Fate };
type Executed = { transaction: Transaction; fate: Fate; execution: Included["execution"] };

/**
 * Puts one block on the parent, with every pending transaction that may enter it. Call it inside `store.atomically`.
 * `change` alters the state before the transactions run.
 */
export function produceBlock(
  { store, foundation }: { store: Store; foundation: Foundation },
  { parent, timestampMs, change }: { parent: Block; timestampMs: number; change?: Change },
): Block {
  const world = createWorld(store.stateAt(parent.number));
  change?.(world);
  const executed = takeReady(store, parent).flatMap((ready) =>
    run(world, ready, { nowMs: timestampMs, token: foundation.token }),
  );
  const number = parent.number + 1;
  const transactions = executed.map(({ transaction }) => transaction);
  const content = { number, parentId: parent.id, timestampMs, transactions };
  const block = sealBlock(content, foundation.witness);
  store.addBlock(block);
  for (const [position, { transaction, fate, execution }] of executed.entries()) {
    const { txid, bytes } = transaction;
    store.addTransaction({ txid, block: number, position, bytes, execution });
    if (fate === "undo") planUndo(store, { txid, block: number });
  }
  store.addState(number, world);
  return block;
}

export type Change = (world: World) => void;

function run(world: World, { transaction, call, fate }: Ready, at: RunAt): Executed[] {
  const token = world.token();
  if (fate === "fee") world.setToken({ ...token, basisPointsRate: FEE_BASIS_POINTS });
  if (fate === "frozen") world.setToken({ ...token, blacklist: [...token.blacklist, call.owner] });
  const execution = execute(world, transaction, call, { ...at, failure: FAILURES[fate] ?? null });
  return execution === null ? [] : [{ transaction, fate, execution }];
}

/** The token's fee once it is switched on: the most that the contract allows is 20. */
const FEE_BASIS_POINTS = 10;
const FAILURES: { readonly [fate: string]: "REVERT" | "OUT_OF_ENERGY" } = {
  revert: "REVERT",
  energy: "OUT_OF_ENERGY",
};

type RunAt = { nowMs: number; token: Foundation["token"] };

/** Takes what can go into a block out of the pool, and what never can again. */
function takeReady(store: Store, parent: Block): Ready[] {
  return store.pending().flatMap((pending) => {
    const transaction = parseTransaction(pending.bytes);
    const expired = isExpired(transaction, parent);
    if (!expired && staysOutside(pending.fate, parent.number + 1)) return [];
    store.removePending(pending.txid);
    return expired ? [] : toReady(transaction, pending);
  });
}

function staysOutside(fate: Fate, number: number): boolean {
  return fate === "never" || (fate.startsWith("late:") && number < Number(fate.slice(5)));
}

function toReady(transaction: Transaction, { fate }: Pending): Ready[] {
  const { call } = transaction;
  return call === null ? [] : [{ transaction, call, fate }];
}
