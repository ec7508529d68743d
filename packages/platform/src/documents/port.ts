/** What a write came to. `conflict` and `unknown` are answers, not errors: the caller decides what they mean. */
export type Written<T> =
  | { outcome: "done"; document: T; version: number }
  /** Nothing was written. `stored` is the document in the way, or null when there is none (update, remove). */
  | { outcome: "conflict"; stored: T | null }
  /** The reply was lost: the write may be in or not. Read again and compare before doing anything else. */
  | { outcome: "unknown"; reason: string };

/** `inserted` counts from the front of the list; `stored` is what stands in the way of the next one. */
export type WrittenMany<T> =
  | { outcome: "done"; inserted: number }
  | { outcome: "conflict"; inserted: number; stored: T | null }
  | { outcome: "unknown"; inserted: number; reason: string };

export type Range<V> = { gte?: V; gt?: V; lte?: V; lt?: V };
export type Condition<V> = V | null | { in: readonly (V | null)[] } | Range<V>;
/** Fields that a query may name: those of a declared index or unique key, and `id`. `null` also matches an absent field. */
export type Where<T> = { [K in keyof T & string]?: Condition<NonNullable<T[K]>> };
export type Sort<T> = readonly (readonly [field: keyof T & string, direction: "asc" | "desc"])[];
/** A field set to `undefined` is taken away (patch) or has to be absent (expect). */
export type Fields<T> = { [K in keyof T]?: T[K] | undefined };

export type Collection<T extends { id: string }> = {
  /**
   * Adds a document whose id and unique keys are free.
   * Answers `conflict` with the stored document otherwise, also when it is the same document again.
   * Throws DocumentsError `documents.invalid` when the document does not fit the schema,
   * `documents.full` when there is no room; every method throws `documents.closed` after the store was closed.
   */
  insert(document: T): Promise<Written<T>>;
  /** Adds in order and stops at the first conflict; what is in stays in. Lets others work every 1 000 documents. */
  insertMany(documents: readonly T[]): Promise<WrittenMany<T>>;
  get(id: string): Promise<T | null>;
  /**
   * Documents that meet every condition; ties are ordered by id, in the direction of the last sort field.
   * Throws DocumentsError `documents.query` when no declared index serves the query.
   */
  find(query?: { where?: Where<T>; sort?: Sort<T>; skip?: number; limit?: number }): Promise<T[]>;
  count(query?: { where?: Where<T> }): Promise<number>;
  /**
   * Compare-and-set: writes `patch` over the document when every field in `expect` is equal (deeply) at that moment.
   * `conflict` carries the document as it is, or the one that holds a unique key, or null when there is none.
   */
  update(
    id: string,
    patch: Omit<Fields<T>, "id">,
    options: { expect: Fields<T> },
  ): Promise<Written<T>>;
  /** Takes the document away; `done` carries it as it was. Conflicts as `update` does. */
  remove(id: string, options?: { expect?: Fields<T> }): Promise<Written<T>>;
  /**
   * Exact sum of an int64 or integer field, per value of `by`, or as one line with key null.
   * No line where nothing matches. Throws `documents.overflow` when a sum leaves 64 bits.
   */
  sum(query: {
    where?: Where<T>;
    field: keyof T & string;
    by?: keyof T & string;
  }): Promise<{ key: string | number | bigint | null; sum: bigint }[]>;
};

export type DocumentsHealth = {
  ok: boolean;
  /** A sentence for people: why it is not ok, or how large the store is. */
  detail: string;
};

export type Documents = AsyncDisposable & {
  /** Random hex made with the store and kept with its folder: a stable name for the one replica that runs on it. */
  readonly storeId: string;
  /** The collection of one of the definitions the store was opened with; get it once and keep it. */
  collection<T extends { id: string }>(definition: CollectionDefinition<T>): Collection<T>;
  /** Whether the store can take writes now. Never throws. */
  check(): Promise<DocumentsHealth>;
};

/** One step of a migration: from the documents of version `to - 1` to those of `to`. Must be idempotent. */
export type Migration = {
  to: number;
  step: (document: Record<string, unknown>) => Record<string, unknown>;
};

export type FieldKind = "text" | "integer" | "real" | "boolean" | "int64" | "bytes";

/**
 * How long documents are kept: so many whole epochs after the moment in an integer field that an index begins with, or
 * as the feature itself sees to, in words for people.
 */
export type Retention<Field extends string = string> =
  | { readonly epochs: number; readonly field: Field; readonly unit: "epoch" | "slot" | "ms" }
  | { readonly words: string };

export type CollectionDefinition<T extends { id: string }> = {
  readonly name: string;
  /** Fields with a scalar type. Only these can be part of an index. */
  readonly kinds: ReadonlyMap<string, FieldKind>;
  /** Fields that hold an int64 or bytes further down. */
  readonly nested: ReadonlySet<string>;
  readonly unique: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
  readonly schemaVersion: number;
  readonly migrations: readonly Migration[];
  /** When documents go; null keeps them for ever. */
  readonly retention: Retention | null;
  /** Throws DocumentsError `documents.invalid` that names the fields. */
  readonly validate: (document: unknown) => asserts document is T;
};
