import type { Collection as MongoCollection, Filter } from "mongodb";
import { DocumentsError } from "../errors.ts";
import { meets, patched } from "../fields.ts";
import type { Collection, CollectionDefinition, Fields, Written, WrittenMany } from "../port.ts";
import { planQuery } from "../query.ts";
import { firstDuplicate, isDuplicate, isUndecided } from "./faults.ts";
import { keyFilters, planToFilter, planToHint, planToSort } from "./filters.ts";
import { createRows, type Row } from "./rows.ts";
import type { Session } from "./session.ts";
import { sumRows } from "./sum.ts";

/** Documents that are written in one command. */
const batchSize = 1000;

type Deps = { readonly rows: MongoCollection<Row>; readonly session: Session };

/** A collection of the port on one of MongoDB. A compare-and-set is a replacement that expects the version it read. */
export const createCollection = <T extends { id: string }>(
  { rows, session }: Deps,
  definition: CollectionDefinition<T>,
): Collection<T> => {
  const { encode, decode } = createRows(definition);

  const read = async (filter: Filter<Row>): Promise<Row | null> => await rows.findOne(filter);

  /** The document that holds the id or a unique key of another one. */
  const inTheWay = async (document: T, except?: string): Promise<T | null> => {
    for (const filter of keyFilters(definition, document)) {
      const row = await read(filter);
      if (row !== null && row._id !== except) return decode(row);
    }
    return null;
  };

  const insert = async (document: T): Promise<Written<T>> => {
    const row = encode(document, 1);
    try {
      await rows.insertOne(row);
      return { outcome: "done", document, version: 1 };
    } catch (error) {
      if (isDuplicate(error)) return { outcome: "conflict", stored: await inTheWay(document) };
      return undecidedOr(error);
    }
  };

  const insertBatch = async (batch: readonly T[]): Promise<WrittenMany<T>> => {
    const encoded = batch.map((document) => encode(document, 1));
    try {
      await rows.insertMany(encoded, { ordered: true });
      return { outcome: "done", inserted: batch.length };
    } catch (error) {
      const at = firstDuplicate(error);
      if (at === null) return { ...undecidedOr(error), inserted: 0 };
      return { outcome: "conflict", inserted: at, stored: await inTheWay(batch[at] as T) };
    }
  };

  const insertMany = async (documents: readonly T[]): Promise<WrittenMany<T>> => {
    for (let start = 0; start < documents.length; start += batchSize) {
      const written = await insertBatch(documents.slice(start, start + batchSize));
      if (written.outcome !== "done") return { ...written, inserted: start + written.inserted };
    }
    return { outcome: "done", inserted: documents.length };
  };

  const replace = async (before: Row, document: T): Promise<Written<T> | "moved"> => {
    const version = before.Version + 1;
    const row = encode(document, version);
    try {
      const { matchedCount } = await rows.replaceOne(
        { _id: before._id, Version: before.Version },
        row,
      );
      return matchedCount === 1 ? { outcome: "done", document, version } : "moved";
    } catch (error) {
      if (isDuplicate(error))
        return { outcome: "conflict", stored: await inTheWay(document, before._id) };
      return undecidedOr(error);
    }
  };

  const take = async (before: Row): Promise<Written<T> | "moved"> => {
    try {
      const { deletedCount } = await rows.deleteOne({
        _id: before._id,
        Version: before.Version,
      });
      if (deletedCount === 0) return "moved";
      return { outcome: "done", document: decode(before), version: before.Version };
    } catch (error) {
      return undecidedOr(error);
    }
  };

  /** Reads, compares and writes until nobody came in between. */
  const swap = async (
    id: string,
    expect: Fields<T>,
    write: (before: Row) => Promise<Written<T> | "moved">,
  ): Promise<Written<T>> => {
    for (;;) {
      const before = await read({ _id: id });
      if (before === null) return { outcome: "conflict", stored: null };
      const stored = decode(before);
      if (!meets(stored, expect)) return { outcome: "conflict", stored };
      const written = await write(before);
      if (written !== "moved") return written;
    }
  };

  return {
    insert: (document) => session.run(() => insert(document)),
    insertMany: (documents) => session.run(() => insertMany(documents)),
    get: (id) =>
      session.run(async () => {
        const row = await read({ _id: id });
        return row === null ? null : decode(row);
      }),
    find: ({ where, sort, skip = 0, limit } = {}) =>
      session.run(async () => {
        if (![skip, limit ?? 0].every((n) => Number.isSafeInteger(n) && n >= 0))
          throw new DocumentsError(
            "documents.query",
            "skip and limit must be whole numbers from 0",
          );
        const plan = planQuery(definition, { where, sort });
        if (limit === 0) return [];
        const found = rows
          .find(planToFilter(plan), { hint: planToHint(plan), batchSize })
          .sort(planToSort(plan))
          .skip(skip);
        const documents: T[] = [];
        for await (const row of limit === undefined ? found : found.limit(limit))
          documents.push(decode(row));
        return documents;
      }),
    count: ({ where } = {}) =>
      session.run(() => {
        const plan = planQuery(definition, { where });
        return rows.countDocuments(planToFilter(plan), { hint: planToHint(plan) });
      }),
    update: (id, patch, { expect }) =>
      session.run(() =>
        swap(id, expect, (before) => replace(before, patched(decode(before), patch))),
      ),
    remove: (id, { expect = {} } = {}) => session.run(() => swap(id, expect, take)),
    sum: (query) => session.run(() => sumRows(rows, definition, query)),
  };
};

/** A lost reply as the port's answer; anything else is a fault. */
const undecidedOr = (error: unknown): { outcome: "unknown"; reason: string } => {
  if (!isUndecided(error)) throw error;
  return { outcome: "unknown", reason: error instanceof Error ? error.message : String(error) };
};
