import type { Store } from "../store/store.ts";
import type { Fate, Included } from "../store/store.ts";
import { admit, isExpired } from "./admission.ts";
import type { ChainView, Rejection, RejectionCode } from "./admission.ts";
import { sealBlock } from "./block.ts";
import type { Block } from "./block.ts";
import { execute } from "./execute.ts";
import { createFaults } from "./faults.ts";
import type { FaultKind } from "./faults.ts";
import { allocate, openFoundation } from "./genesis.ts";
import type { Allocation } from "./genesis.ts";
import { createWorld } from "./state.ts";
import type { TokenSwitches, World } from "./state.ts";
import { parseTransferCall } from "./token.ts";
import { parseTransaction } from "./transaction.ts";
import type { Transaction } from "./transaction.ts";

export type Clock = { now(): number };
export type ChainOptions = { blockMs: number; solidAfter: number; accounts: Allocation[] };
export type Broadcast =
  | { accepted: true; txid: string; answerLost: boolean }
  | { accepted: false; txid: string; code: RejectionCode; message: string };
export type Chain = ReturnType<typeof openChain>;

const MAX_REJECTED = 100_000;

/** A chain of one producer: what it accepts goes into the next block, nothing is ever reorganised. */
export function openChain({ store, clock }: { store: Store; clock: Clock }, options: ChainOptions) {
  const foundation = openFoundation(store, clock.now());
  const { token, witness } = foundation;
  const faults = createFaults();
  const rejected = new Set<string>();

  const head = (): Block => {
    const block = store.head();
    if (block === null) throw new Error("the chain has no genesis block");
    return block;
  };
  const view = (): ChainView => {
    const newest = head();
    return {
      head: newest,
      state: store.stateAt(newest.number),
      tokenAddress: token.address,
      block: store.block,
    };
  };

  /** One block with all pending transactions that may still enter one. */
  function produce(change?: (world: World) => void): Block {
    const parent = head();
    const number = parent.number + 1;
    const timestampMs = Math.max(clock.now(), parent.timestampMs + options.blockMs);
    const world = createWorld(store.stateAt(parent.number));
    change?.(world);
    const included = runPending(world, parent, timestampMs);
    const transactions = included.map(({ transaction }) => transaction);
    const block = sealBlock({ number, parentId: parent.id, timestampMs, transactions }, witness);
    store.addBlock(block);
    included.forEach(({ transaction, execution }, position) => {
      store.addTransaction({
        txid: transaction.txid,
        block: number,
        position,
        bytes: transaction.bytes,
        execution,
      });
    });
    store.addState(number, world);
    return block;
  }

  function runPending(world: World, parent: Block, nowMs: number) {
    const included: { transaction: Transaction; execution: Included["execution"] }[] = [];
    for (const { txid, bytes, fate } of store.pending()) {
      const transaction = parseTransaction(bytes);
      const expired = isExpired(transaction, parent);
      if (fate === "never" && !expired) continue;
      store.removePending(txid);
      if (expired || fate === "never" || transaction.call === null) continue;
      const execution = execute(world, transaction, transaction.call, {
        nowMs,
        token,
        forceRevert: fate === "revert",
      });
      if (execution !== null) included.push({ transaction, execution });
    }
    return included;
  }

  function broadcast(bytes: Uint8Array): Broadcast {
    const transaction = parseTransaction(bytes);
    const { txid } = transaction;
    const refusal = isKnown(txid) ? DUPLICATE : refusalOf(transaction);
    if (refusal !== null) {
      remember(txid);
      return { accepted: false, txid, ...refusal };
    }
    const transfer = parseTransferCall(transaction.call?.data ?? "");
    const hit = faults.take(transfer?.to ?? null);
    store.addPending({ txid, bytes, fate: fateOf(hit) });
    return { accepted: true, txid, answerLost: hit.has("answer_lost") };
  }

  function isKnown(txid: string): boolean {
    return (
      rejected.has(txid) || store.pendingByTxid(txid) !== null || store.transaction(txid) !== null
    );
  }

  function refusalOf(transaction: Transaction): Rejection | null {
    const admission = admit(transaction, view());
    return "code" in admission ? admission : null;
  }

  /** java-tron's cache is keyed by txid and does not care why a transaction was refused. */
  function remember(txid: string): void {
    rejected.add(txid);
    const [oldest] = rejected;
    if (rejected.size > MAX_REJECTED && oldest !== undefined) rejected.delete(oldest);
  }

  const chain = {
    ...foundation,
    store,
    faults,
    head,
    solidNumber: () => Math.max(0, head().number - options.solidAfter),
    broadcast,
    mine: (count: number): Block[] =>
      store.atomically(() => Array.from({ length: count }, () => produce())),
    /** Switches the token, in a block of its own. */
    setToken: (switches: Partial<TokenSwitches>): Block =>
      store.atomically(() => produce((world) => world.setToken({ ...world.token(), ...switches }))),
  };
  fund(store, options.accounts, produce);
  return chain;
}

const DUPLICATE: Rejection = { code: "DUP_TRANSACTION_ERROR", message: "Dup transaction." };

function fateOf(faults: Set<FaultKind>): Fate {
  if (faults.has("never_included")) return "never";
  return faults.has("reverted") ? "revert" : "include";
}

/** Accounts go into the genesis state of a new chain and into a block of an existing one that does not know them. */
function fund(
  store: Store,
  accounts: Allocation[],
  produce: (change: (world: World) => void) => Block,
): void {
  const number = store.head()?.number ?? 0;
  const world = createWorld(store.stateAt(number));
  allocate(world, accounts);
  if (world.changes().accounts.size === 0) return;
  store.atomically(() => {
    if (number === 0) store.addState(0, world);
    else produce((next) => allocate(next, accounts));
  });
}
