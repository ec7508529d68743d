import type { Collection } from "@lucid/platform/documents";
import { Type } from "typebox";
import { changeAll } from "./change-all.ts";
import { compareAndSet } from "./compare-and-set.ts";
import { Fault } from "./fault.ts";

/** In which slot's block a fact stands; null until it is sealed. Every document of evidence has it, indexed. */
export const sealedSlot = () => Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]);

/** A document of evidence. */
export type Sealable = { id: string; sealed_slot: number | null };

/** Notes that facts stand in the block of `slot`. May be repeated; throws `sealing.twice` for one of another block. */
export const markSealed = async <T extends Sealable>(
  collection: Collection<T>,
  ids: readonly string[],
  slot: number,
): Promise<void> => {
  const documents = collection as unknown as Collection<Sealable>;
  await changeAll(ids, (id) => markOne(documents, id, slot));
};

const markOne = async (
  collection: Collection<Sealable>,
  id: string,
  slot: number,
): Promise<void> => {
  const marked = await compareAndSet(collection, id, { sealed_slot: slot }, { sealed_slot: null });
  if (marked.done || marked.stored?.sealed_slot === slot) return;
  throw new Fault(
    "sealing.twice",
    `${id} stands in the block of slot ${slot}, but the store says ${marked.stored?.sealed_slot}`,
    { id, slot },
  );
};
