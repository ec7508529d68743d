import type { Store } from "../store/store.ts";
import type { Block } from "./block.ts";

/** A transaction in a block that will be reorganised away. */
export type Undo = { readonly txid: string; readonly block: number };

const PLAN = "undo";

export function planUndo(store: Store, undo: Undo): void {
  store.setMeta(PLAN, JSON.stringify([...readPlan(store), undo]));
}

/**
 * Replaces the blocks from the first planned one on, once one block stands on it, by others at the same times without the
 * planned transactions. Those are forgotten, so that sending them again works; the others of these blocks go into the new
 * ones. Returns whether anything was replaced. Call it inside `store.atomically`.
 */
export function reorganise(
  store: Store,
  head: Block,
  produce: (at: Pick<Block, "timestampMs">) => Block,
): boolean {
  const plan = readPlan(store);
  const [first] = plan;
  if (first === undefined || first.block >= head.number) return false;
  store.setMeta(PLAN, "[]");
  const gone = new Set(plan.map(({ txid }) => txid));
  const blocks = store.blocks(first.block, head.number + 1);
  const others = store
    .transactions(first.block, head.number + 1)
    .filter(({ txid }) => !gone.has(txid));
  store.forgetFrom(first.block);
  for (const { txid, bytes } of others) store.addPending({ txid, bytes, fate: "include" });
  for (const block of blocks) produce(block);
  return true;
}

function readPlan(store: Store): Undo[] {
  return JSON.parse(store.getMeta(PLAN) ?? "[]") as Undo[];
}
