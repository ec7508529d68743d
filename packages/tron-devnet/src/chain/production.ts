import type { Store } from "../store/store.ts";
import type { Included, Pending } from "../store/transactions.ts";
import { isExpired } from "./admission.ts";
import { sealBlock } from "./block.ts";
import type { Block } from "./block.ts";
import { execute } from "./execute.ts";
import type { Foundation } from "./genesis.ts";
import { createWorld } from "./state.ts";
import type { World } from "./state.ts";
import { parseTransaction } from "./transaction.ts";
import type { Call, Transaction } from "./transaction.ts";

type Ready = { transaction: Transaction; call: Call; forceRevert: boolean };
type Executed = { transaction: Transaction; execution: Included["execution"] };

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
  for (const [position, { transaction, execution }] of executed.entries()) {
    const { txid, bytes } = transaction;
    store.addTransaction({ txid, block: number, position, bytes, execution });
  }
  store.addState(number, world);
  return block;
}

export type Change = (world: World) => void;

function run(world: World, { transaction, call, forceRevert }: Ready, at: RunAt): Executed[] {
  const execution = execute(world, transaction, call, { ...at, forceRevert });
  return execution === null ? [] : [{ transaction, execution }];
}

type RunAt = { nowMs: number; token: Foundation["token"] };

/** Takes what can go into a block out of the pool, and what never can again. */
function takeReady(store: Store, parent: Block): Ready[] {
  return store.pending().flatMap((pending) => {
    const transaction = parseTransaction(pending.bytes);
    const expired = isExpired(transaction, parent);
    if (!expired && pending.fate === "never") return [];
    store.removePending(pending.txid);
    return expired ? [] : toReady(transaction, pending);
  });
}

function toReady(transaction: Transaction, { fate }: Pending): Ready[] {
  const { call } = transaction;
  return call === null ? [] : [{ transaction, call, forceRevert: fate === "revert" }];
}
