import { type TObject, Type } from "typebox";
import { expect, test } from "vitest";
import { fault } from "./compliance/matchers.ts";
import type { CollectionOptions } from "./define.ts";
import { bytes, defineCollection, int64 } from "./index.ts";

const fields = {
  id: Type.String(),
  account: Type.String(),
  amount: int64(),
  state: Type.Union([Type.Literal("open"), Type.Literal("closed")]),
  nonce: Type.Optional(bytes()),
  sealed_slot: Type.Union([Type.Integer(), Type.Null()]),
  contra: Type.Array(Type.Object({ amount: int64() })),
  tags: Type.Array(Type.String()),
};
const schema = Type.Object(fields);

test("a definition knows the kinds of its fields and where binary values hide", () => {
  const definition = defineCollection({ name: "entries", schema });
  expect(Object.fromEntries(definition.kinds)).toEqual({
    id: "text",
    account: "text",
    amount: "int64",
    state: "text",
    nonce: "bytes",
    sealed_slot: "integer",
  });
  expect([...definition.nested]).toEqual(["contra"]);
});

test.each<[string, CollectionOptions<TObject>, string]>([
  ["a name that SQL could stumble over", { name: 'x"; --', schema }, "lower-case words"],
  ["no id", { name: "x", schema: Type.Object({ a: Type.String() }) }, "id: Type.String()"],
  [
    "a field name in capitals",
    { name: "x", schema: Type.Object({ ...fields, A: Type.String() }) },
    'field "A"',
  ],
  ["an index on a list", { name: "x", schema, indexes: [["tags"]] }, '"tags" is in an index'],
  [
    "a unique field that may be null",
    { name: "x", schema, unique: [["sealed_slot"]] },
    "always be there",
  ],
  [
    "a unique field that may be absent",
    { name: "x", schema, unique: [["nonce"]] },
    "always be there",
  ],
  ["a version without its migration", { name: "x", schema, schemaVersion: 2 }, "migrations to 2"],
  [
    "a migration without its version",
    { name: "x", schema, migrations: [{ to: 2, step: (d: object) => ({ ...d }) }] },
    "version 1",
  ],
])("refuses %s", (_, options, message) => {
  expect(() => defineCollection(options)).toThrow(fault("documents.definition", message));
});
