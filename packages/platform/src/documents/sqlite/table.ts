import { isStorableId, isStorableText, pack, unpack, unstorable } from "../codec.ts";
import type { SqlRow } from "./connection.ts";
import type { CollectionDefinition, FieldKind } from "../port.ts";
import type { Scalar } from "../query.ts";
import type { SQLInputValue } from "node:sqlite";

/** How one collection lies in SQLite: JSON in `doc`, int64 and bytes in columns of their own, keys as generated columns. */
export type Table = {
  readonly name: string;
  /** CREATE statements of the table and its indexes; a store whose statements differ is rewritten at start. */
  readonly statements: readonly string[];
  /** The columns of a row, id and version first, then those that `encode` fills. */
  readonly columns: readonly string[];
  /** What to bind for `columns` without id and version. Throws `documents.invalid`. */
  encode(document: Record<string, unknown>): SQLInputValue[];
  decode(row: SqlRow): Record<string, unknown>;
  /** The name of the SQL index that stands for a declared key. */
  indexOf(key: readonly string[]): string;
  /** The SQL that yields a field. */
  column(field: string): string;
};

type Definition = Pick<
  CollectionDefinition<{ id: string }>,
  "name" | "kinds" | "nested" | "unique" | "indexes"
>;

const sqlTypes: Record<FieldKind, string> = {
  text: "TEXT",
  integer: "INTEGER",
  real: "REAL",
  boolean: "INTEGER",
  int64: "INTEGER",
  bytes: "BLOB",
};
export const isBinary = (kind: FieldKind | undefined) => kind === "int64" || kind === "bytes";

export function createTable(definition: Definition): Table {
  const { name } = definition;
  const binary = [...definition.kinds].filter(([, kind]) => isBinary(kind)).map(([field]) => field);
  const keyed = new Set([...definition.unique, ...definition.indexes].flat());
  const generated = [...keyed].filter(
    (field) => field !== "id" && !isBinary(definition.kinds.get(field)),
  );
  const indexOf = (key: readonly string[]) =>
    key.length === 1 && key[0] === "id"
      ? `sqlite_autoindex_${name}_1`
      : `${name}_by_${key.join("_")}`;
  const column = (field: string) => {
    if (field === "id") return "id";
    return binary.includes(field) || keyed.has(field) ? `f_${field}` : `doc ->> '$.${field}'`;
  };

  return {
    name,
    statements: [
      createTableSql(),
      ...definition.unique.map(uniqueSql),
      ...definition.indexes.map(indexSql),
    ],
    columns: ["id", "version", "doc", ...binary.map(column)],
    encode: (document) => encodeDocument(definition, binary, document),
    decode: (row) => decodeRow(definition, binary, row),
    indexOf,
    column,
  };

  function createTableSql(): string {
    const sqlType = (field: string) => sqlTypes[definition.kinds.get(field) ?? "text"];
    const columns = [
      "id TEXT NOT NULL PRIMARY KEY",
      "version INTEGER NOT NULL",
      "doc TEXT NOT NULL",
      ...binary.map((field) => `f_${field} ${sqlType(field)}`),
      ...generated.map(
        (field) => `f_${field} ${sqlType(field)} GENERATED ALWAYS AS (doc ->> '$.${field}') STORED`,
      ),
    ];
    return `CREATE TABLE "${name}" (${columns.join(", ")}) STRICT`;
  }

  function uniqueSql(key: readonly string[]): string {
    return `CREATE UNIQUE INDEX "${indexOf(key)}" ON "${name}" (${key.map(column).join(", ")})`;
  }

  /** With the id at the end, so that ties come in order without sorting. */
  function indexSql(key: readonly string[]): string {
    const fields = key.includes("id") ? key : [...key, "id"];
    return `CREATE INDEX "${indexOf(key)}" ON "${name}" (${fields.map(column).join(", ")})`;
  }
}

function encodeDocument(
  { name, nested }: Definition,
  binary: readonly string[],
  document: Record<string, unknown>,
): SQLInputValue[] {
  const { id, ...rest } = document;
  const values = binary.map((field) => {
    const value = rest[field];
    if (value === null || value === undefined) return null;
    delete rest[field];
    // A copy: the caller may use its buffer again before the group is committed.
    return value instanceof Uint8Array ? new Uint8Array(value) : (value as bigint);
  });
  for (const field of nested) {
    if (rest[field] !== undefined) rest[field] = pack(rest[field]);
  }
  const doc = JSON.stringify(rest);
  if (!isStorableId(id) || (doc.includes("\\u") && !isStorableText(rest))) {
    throw unstorable(name);
  }
  return [doc, ...values];
}

function decodeRow(
  { nested }: Definition,
  binary: readonly string[],
  [id, , doc, ...values]: SqlRow,
): Record<string, unknown> {
  const document: Record<string, unknown> = { id, ...(JSON.parse(String(doc)) as object) };
  for (const field of nested) {
    if (document[field] !== undefined) document[field] = unpack(document[field]);
  }
  binary.forEach((field, index) => {
    const value = values[index];
    if (value !== null) document[field] = value;
  });
  return document;
}

export const toSql = (value: Scalar): SQLInputValue =>
  typeof value === "boolean" ? Number(value) : value;
