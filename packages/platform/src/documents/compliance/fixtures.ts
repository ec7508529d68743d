import { Type } from "typebox";
import { bytes, defineCollection, int64 } from "../define.ts";
import type { CollectionDefinition, Documents } from "../port.ts";

/** A place for one store: opened again after it was disposed, it holds what it held, unless `persists` is false. */
export type ComplianceStore = {
  persists: boolean;
  open(collections: readonly CollectionDefinition<{ id: string }>[]): Promise<Documents>;
};

/** Like a ledger: two unique keys, an int64, an index that sorts. */
export const lines = defineCollection({
  name: "lines",
  schema: Type.Object({
    id: Type.String(),
    account: Type.String(),
    seq: Type.Integer(),
    key: Type.String(),
    amount_micro: int64(),
    contra: Type.Optional(Type.Array(Type.Object({ account: Type.String(), amount_micro: int64() }))),
    epoch: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    done: Type.Optional(Type.Boolean()),
  }),
  unique: [["account", "seq"], ["key"]],
  indexes: [["epoch", "seq"], ["amount_micro"], ["done"]],
});
export type Line = NonNullable<Awaited<ReturnType<ReturnType<typeof linesOf>["get"]>>>;

/** Like packed evidence: bytes, and JSON of any shape. */
export const parcels = defineCollection({
  name: "parcels",
  schema: Type.Object({
    id: Type.String(),
    order: Type.String(),
    content: Type.Union([bytes(), Type.Null()]),
    notes: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), bytes(), int64()]))),
    anything: Type.Optional(Type.Unknown()),
  }),
  indexes: [["order"]],
});

export const linesOf = (documents: Documents) => documents.collection(lines);

/** A line whose every unique key follows from account and seq. */
export function line(account: string, seq: number, more: Partial<Line> = {}): Line {
  const id = `${account}#${seq}`;
  return { id, account, seq, key: `reward:${id}`, amount_micro: BigInt(seq), ...more };
}
