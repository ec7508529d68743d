import { DocumentsError } from "../errors.ts";
import { meets, patched } from "../fields.ts";
import type { Collection, CollectionDefinition, Fields, Written, WrittenMany } from "../port.ts";
import { planQuery } from "../query.ts";
import type { SqlRow } from "./connection.ts";
import { type Reader, rowsPerTurn } from "./reader.ts";
import { planToAggregate, planToSelect } from "./select.ts";
import { sumDocuments } from "./sum.ts";
import type { Table } from "./table.ts";
import type { TableWriter } from "./table-writer.ts";
import type { LostReply, Writer } from "./writer.ts";

type Deps = { table: Table; rows: TableWriter; reader: Reader; writer: Writer };

export function createCollection<T extends { id: string }>(
  { table, rows, reader, writer }: Deps,
  definition: CollectionDefinition<T>,
): Collection<T> {
  const columns = table.columns.join(", ");
  const byId = `SELECT ${columns} FROM "${table.name}" WHERE id = ?`;
  const decode = (row: SqlRow) => table.decode(row) as T;

  return {
    insert: async (document) => {
      const values = encode(document);
      return writer.write(() => insertNow(document, values));
    },
    insertMany,
    get: async (id) => {
      const row = reader.row(byId, [id]);
      return row === undefined ? null : decode(row);
    },
    find: async ({ where, sort, skip = 0, limit = -1 } = {}) => {
      if (![skip, limit].every(Number.isSafeInteger) || skip < 0 || limit < -1) {
        throw new DocumentsError("documents.query", "skip and limit must be whole numbers from 0", {
          skip,
          limit,
        });
      }
      const plan = planQuery(definition, { where, sort });
      const { sql, values } = planToSelect(table, plan, columns);
      return reader.rows(`${sql} LIMIT ? OFFSET ?`, [...values, limit, skip], decode);
    },
    count: async ({ where } = {}) => {
      const plan = planQuery(definition, { where });
      const { sql, values } = planToAggregate(table, plan, "count(*)");
      return Number(reader.row(sql, values)?.[0]);
    },
    update: async (id, patch, { expect }) => writer.write(() => updateNow(id, patch, expect)),
    remove: async (id, { expect = {} } = {}) => writer.write(() => removeNow(id, expect)),
    sum: (query) => sumDocuments({ table, reader }, definition, query),
  };

  function encode(document: T) {
    definition.validate(document);
    return table.encode(document);
  }

  function insertNow(document: T, values: ReturnType<typeof encode>): Written<T> {
    if (rows.insert(document.id, values)) return { outcome: "done", document, version: 1 };
    return { outcome: "conflict", stored: inTheWay(document) };
  }

  async function insertMany(documents: readonly T[]): Promise<WrittenMany<T>> {
    for (let start = 0; start < documents.length; start += rowsPerTurn) {
      const part = documents.slice(start, start + rowsPerTurn);
      const encoded = part.map(encode);
      const written = await writer.write(() => insertPart(part, encoded));
      if (written.outcome !== "done") return addInserted(written, start);
    }
    return { outcome: "done", inserted: documents.length };
  }

  function insertPart(
    part: readonly T[],
    encoded: readonly ReturnType<typeof encode>[],
  ): WrittenMany<T> {
    for (const [index, document] of part.entries()) {
      if (rows.insert(document.id, encoded[index] ?? [])) continue;
      return { outcome: "conflict", inserted: index, stored: inTheWay(document) };
    }
    return { outcome: "done", inserted: part.length };
  }

  function updateNow(id: string, patch: Omit<Fields<T>, "id">, expect: Fields<T>): Written<T> {
    const row = rows.read(id);
    if (row === undefined) return { outcome: "conflict", stored: null };
    const stored = decode(row);
    if (!meets(stored, expect)) return { outcome: "conflict", stored };
    const document = patched(stored, patch);
    const version = Number(row[1]) + 1;
    if (rows.update(id, version, encode(document))) return { outcome: "done", document, version };
    return { outcome: "conflict", stored: inTheWay(document, id) };
  }

  function removeNow(id: string, expect: Fields<T>): Written<T> {
    const row = rows.read(id);
    if (row === undefined) return { outcome: "conflict", stored: null };
    const stored = decode(row);
    if (!meets(stored, expect)) return { outcome: "conflict", stored };
    rows.remove(id);
    return { outcome: "done", document: stored, version: Number(row[1]) };
  }

  function inTheWay(document: T, except?: string): T | null {
    const row = rows.inTheWay(document, except);
    return row === undefined ? null : decode(row);
  }
}

function addInserted<T>(written: WrittenMany<T> | LostReply, before: number): WrittenMany<T> {
  return { ...written, inserted: before + ("inserted" in written ? written.inserted : 0) };
}
