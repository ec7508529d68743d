import { Type } from "typebox";
import { bytes, defineCollection, int64 } from "../define.ts";
import type { Collection, CollectionDefinition, Documents } from "../port.ts";

type Definitions = readonly CollectionDefinition<{ id: string }>[];

/** A place for one store. */
export type ComplianceStore = {
  /** Whether a store that is opened again after it was disposed holds what it held. */
  persists: boolean;
  /** Set for an engine that is known to order text beyond the basic plane by UTF-16 units instead of code points. */
  ordersByUtf16?: boolean;
  open(collections: Definitions): Promise<Documents>;
};

/** Makes an empty place for one test and clears it away afterwards. */
export type UseStore = (test: (store: ComplianceStore) => Promise<void>) => Promise<void>;
/** The same with the store opened and both collections at hand. */
export type InStore = (test: (opened: Opened) => Promise<void>) => Promise<void>;
export type Opened = { lines: Lines; parcels: Parcels; documents: Documents };

/** Like a ledger: two unique keys, an int64, indexes that sort. */
export const lines = defineCollection({
  name: "lines",
  schema: Type.Object({
    id: Type.String(),
    account: Type.String(),
    seq: Type.Integer(),
    key: Type.String(),
    amount_micro: int64(),
    contra: Type.Optional(
      Type.Array(Type.Object({ account: Type.String(), amount_micro: int64() })),
    ),
    epoch: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    paid: Type.Optional(Type.Boolean()),
    note: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
  unique: [["account", "seq"], ["key"]],
  indexes: [["epoch", "seq"], ["amount_micro"], ["paid"]],
});
export type Line = typeof lines extends CollectionDefinition<infer T> ? T : never;
export type Lines = Collection<Line>;

/** A line whose unique keys follow from account and seq. */
export function line(account: string, seq: number, more: Partial<Line> = {}): Line {
  const id = `${account}#${seq}`;
  return { id, account, seq, key: `reward:${id}`, amount_micro: BigInt(seq), ...more };
}

/** Like packed evidence: bytes, and values of any shape. */
export const parcels = defineCollection({
  name: "parcels",
  schema: Type.Object({
    id: Type.String(),
    label: Type.String(),
    content: Type.Optional(Type.Union([bytes(), Type.Null()])),
    weight: Type.Optional(Type.Union([int64(), Type.Null()])),
    notes: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), bytes(), int64()]))),
    anything: Type.Optional(Type.Unknown()),
  }),
  indexes: [["label"]],
});

export type Parcel = typeof parcels extends CollectionDefinition<infer T> ? T : never;
export type Parcels = Collection<Parcel>;

/** Opens the store with both collections for the length of `test`. */
export async function withStore(
  store: ComplianceStore,
  test: (opened: Opened) => Promise<void>,
): Promise<void> {
  await using documents = await store.open([lines, parcels]);
  await test({
    lines: documents.collection(lines),
    parcels: documents.collection(parcels),
    documents,
  });
}

/** Repeats a small step for as long as the large one takes; answers what the large one came to. */
export async function repeatDuring<R>(large: Promise<R>, step: () => Promise<void>): Promise<R> {
  const progress = { isOver: false };
  const over = large.finally(() => {
    progress.isOver = true;
  });
  while (!progress.isOver) await step();
  return over;
}
