import * as fc from "fast-check";
import type { Operation, Schema } from "./schema.ts";
import { bodyOf } from "./schema.ts";

/** Things that there are, by the name of the field that names them. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** A request as its parts, before it is written down. */
export type Parts = {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Undefined where the operation takes none. */
  readonly body: unknown;
};

const momentOf = (): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString());

const textOf = ({ pattern, format, minLength = 0, maxLength = 200 }: Schema) => {
  if (format === "date-time") return momentOf();
  if (pattern === undefined) return fc.string({ minLength, maxLength: Math.min(maxLength, 64) });
  return fc
    .stringMatching(new RegExp(pattern))
    .filter(({ length }) => length >= minLength && length <= maxLength);
};

const objectOf = ({ properties = {}, required = [] }: Schema, names: Names) =>
  fc.record(
    Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, goodOf(schema, names, name)]),
    ),
    { requiredKeys: [...required] },
  ) as fc.Arbitrary<unknown>;

const plainOf = (schema: Schema, names: Names): fc.Arbitrary<unknown> => {
  if (schema.contentMediaType !== undefined) return fc.uint8Array({ maxLength: 2000 });
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined)
    return fc.oneof(...schema.anyOf.map((one) => plainOf(one, names)));
  if (schema.type === "object") return objectOf(schema, names);
  if (schema.type === "array") {
    const { items = {}, minItems = 0, maxItems = 5 } = schema;
    const maxLength = Math.max(minItems, Math.min(maxItems, 5));
    return fc.array(plainOf(items, names), { minLength: minItems, maxLength });
  }
  if (schema.type === "integer" || schema.type === "number") {
    const { minimum: min = 0, maximum: max = Number.MAX_SAFE_INTEGER } = schema;
    return fc.oneof(
      fc.integer({ min, max: Math.min(max, min + 100) }),
      fc.maxSafeInteger().map((n) => Math.min(max, Math.max(min, n))),
    );
  }
  if (schema.type === "boolean") return fc.boolean();
  return schema.type === "null" ? fc.constant(null) : textOf(schema);
};

/** Values that fit a schema; where the field names a thing, mostly one that there is. */
export const goodOf = (schema: Schema, names: Names, field = ""): fc.Arbitrary<unknown> => {
  const known = Object.hasOwn(names, field) ? (names[field] ?? []) : [];
  const plain = plainOf(schema, names);
  return known.length === 0
    ? plain
    : fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...known) },
        { weight: 1, arbitrary: plain },
      );
};

const parametersOf = (operation: Operation, place: "path" | "query", names: Names) => {
  const found = (operation.parameters ?? []).filter((one) => one.in === place);
  const values = found.map(({ name, schema }) => [name, goodOf(schema, names, name)] as const);
  const requiredKeys = found.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(Object.fromEntries(values), { requiredKeys });
};

/** Requests that the document of the API allows. */
export const goodRequest = (operation: Operation, names: Names): fc.Arbitrary<Parts> => {
  const body = bodyOf(operation);
  return fc.record({
    path: parametersOf(operation, "path", names),
    query: parametersOf(operation, "query", names),
    body: body === null ? fc.constant(undefined) : goodOf(body.schema, names),
  });
};
