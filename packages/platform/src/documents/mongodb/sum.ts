import type { Collection as MongoCollection } from "mongodb";
import { DocumentsError } from "../errors.ts";
import type { CollectionDefinition } from "../port.ts";
import { planSum } from "../query.ts";
import { fieldName, planToFilter, planToHint } from "./filters.ts";
import type { Row } from "./rows.ts";

type Key = string | number | bigint | null;
type Query = { where?: object; field: string; by?: string };
type Definition = Pick<
  CollectionDefinition<{ id: string }>,
  "name" | "kinds" | "unique" | "indexes"
>;

const MAX = 2n ** 63n - 1n;

/**
 * Adds up here and not on the server: `$sum` turns into floating point when a sum leaves 64 bits, and some servers of
 * the protocol wrap around instead.
 */
export const sumRows = async (
  rows: MongoCollection<Row>,
  definition: Definition,
  { where, field, by }: Query,
): Promise<{ key: Key; sum: bigint }[]> => {
  const plan = planSum(definition, { where, field, by });
  const projection = { [fieldName(field)]: 1, ...(by !== undefined && { [fieldName(by)]: 1 }) };
  const sums = new Map<Key, bigint>();
  const found = rows.find(planToFilter(plan), { projection, hint: planToHint(plan) });
  for await (const row of found) {
    const value = row[fieldName(field)] as number | bigint | null | undefined;
    if (value === null || value === undefined) continue;
    const key = by === undefined ? null : ((row[fieldName(by)] as Key | undefined) ?? null);
    sums.set(key, (sums.get(key) ?? 0n) + BigInt(value));
  }
  return [...sums].toSorted(([a], [b]) => compareKeys(a, b)).map(([key, sum]) => toLine(key, sum));
};

const toLine = (key: Key, sum: bigint): { key: Key; sum: bigint } => {
  if (sum <= MAX && sum >= -MAX - 1n) return { key, sum };
  throw new DocumentsError("documents.overflow", "A sum leaves 64 bits; ask for it in parts");
};

const compareKeys = (a: Key, b: Key): number => {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
};
