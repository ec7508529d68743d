import type { Document } from "mongodb";
import { isStorableId, isStorableText, pack, unpack, unstorable } from "../codec.ts";
import type { CollectionDefinition } from "../port.ts";

/** A document as it lies in MongoDB. The capitals keep what is ours apart from its own fields. */
export type Row = Document & {
  readonly _id: string;
  readonly Version: number;
  readonly Schema: number;
};

export type Rows<T> = {
  /** Throws `documents.invalid` for what no engine stores exactly. */
  readonly encode: (document: T, version: number) => Row;
  readonly decode: (row: Row) => T;
};

/**
 * Scalar fields are BSON, so that indexes order them; what has a shape of its own is JSON text, so that no name in it
 * (`$where`, `a.b`, `__proto__`) means anything to the server.
 */
export const createRows = <T extends { id: string }>(
  definition: CollectionDefinition<T>,
): Rows<T> => ({
  encode: (document, version) => {
    const { name, kinds, schemaVersion } = definition;
    definition.validate(document);
    const { id, ...fields } = document;
    if (!isStorableId(id) || !isStorableText(fields)) throw unstorable(name);
    const values = Object.entries(fields).flatMap(([field, value]: [string, unknown]) =>
      value === undefined ? [] : [[field, kinds.has(field) ? copied(value) : toJson(value)]],
    );
    return {
      ...(Object.fromEntries(values) as object),
      _id: id,
      Version: version,
      Schema: schemaVersion,
    };
  },
  decode: (row) => {
    const fields = Object.entries(row).filter(([field]) => /^[a-z]/.test(field));
    const values = fields.map(([field, value]: [string, unknown]) => [
      field,
      definition.kinds.has(field) ? copied(value) : unpack(JSON.parse(String(value))),
    ]);
    return { id: row._id, ...(Object.fromEntries(values) as object) } as T;
  },
});

const toJson = (value: unknown): string => JSON.stringify(pack(value));

/** The caller may use its buffer again before the write is sent, and the driver's buffers are no plain arrays. */
const copied = (value: unknown): unknown =>
  value instanceof Uint8Array ? new Uint8Array(value) : value;
