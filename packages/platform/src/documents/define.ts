import { type Static, type TObject, type TSchema, Type } from "typebox";
import { Compile } from "typebox/compile";
import { DocumentsError } from "./errors.ts";
import { fieldKinds, fieldsWithNestedKinds, isOptionalOrNull } from "./kinds.ts";
import type { CollectionDefinition, Migration, Retention } from "./port.ts";

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** A 64-bit signed integer, `bigint` in code and exact at rest. */
export const int64 = () =>
  Type.Refine(
    Type.BigInt(),
    (value) => value >= MIN_INT64 && value <= MAX_INT64,
    () => "must fit in 64 bits",
  );

/** Bytes, `Uint8Array` in code and exact at rest. */
export const bytes = () =>
  Type.Refine(
    Type.Unsafe<Uint8Array>({ kind: "bytes" }),
    (value) => value instanceof Uint8Array,
    () => "must be a Uint8Array",
  );

type Document<S extends TSchema> = Static<S> & { id: string };
type Key<S extends TSchema> = readonly (keyof Static<S> & string)[];

export type CollectionOptions<S extends TObject> = {
  /** Lower-case words joined by `_`; stays for ever. */
  name: string;
  /** An object with `id: string`. Fields it does not name are refused. */
  schema: S;
  /** Keys (lists of fields) that at most one document may have. Their fields must always be there. */
  unique?: readonly Key<S>[];
  /** Lists of fields that queries go by: equal fields first, then the one that ranges or sorts. */
  indexes?: readonly Key<S>[];
  /** From 1; raised together with a migration whenever documents at rest have to change. */
  schemaVersion?: number;
  migrations?: readonly Migration[];
  retention?: Retention<keyof Static<S> & string>;
};

/** Declares a collection. Throws DocumentsError `documents.definition` when the declaration cannot hold. */
export function defineCollection<S extends TObject>(
  options: CollectionOptions<S>,
): CollectionDefinition<Document<S>> {
  const { name, schema, unique = [], indexes = [], schemaVersion = 1, migrations = [] } = options;
  const kinds = fieldKinds(schema);
  const refuse = (reason: string): never => {
    throw new DocumentsError("documents.definition", `Collection "${name}": ${reason}`, { name });
  };

  if (!/^[a-z][a-z0-9_]*$/.test(name)) refuse("the name must be lower-case words joined by _");
  if (kinds.get("id") !== "text") refuse("the schema needs id: Type.String()");
  for (const field of Object.keys(schema.properties)) {
    if (!/^[a-z][a-z0-9_]*$/.test(field))
      refuse(`field "${field}" must be lower-case words joined by _`);
  }
  for (const field of [...unique, ...indexes].flat()) {
    if (!kinds.has(field))
      refuse(`"${field}" is in an index but is not a field with a scalar type`);
  }
  for (const field of unique.flat()) {
    if (isOptionalOrNull(schema, field))
      refuse(`"${field}" is in a unique key and so must always be there`);
  }
  const { retention = null } = options;
  if (retention !== null && "field" in retention) {
    const isServed = [...unique, ...indexes].some(([first]) => first === retention.field);
    if (kinds.get(retention.field) !== "integer" || !isServed)
      refuse(`retention by "${retention.field}" needs an index that begins with that integer`);
    if (!Number.isSafeInteger(retention.epochs) || retention.epochs < 1)
      refuse("retention is at least one whole epoch");
  }
  const steps = migrations.map(({ to }) => to);
  const wanted = Array.from({ length: schemaVersion - 1 }, (_, index) => index + 2);
  if (steps.join() !== wanted.join()) {
    refuse(
      `version ${schemaVersion} needs migrations to ${wanted.join(", ") || "nothing"}, in order`,
    );
  }

  return {
    name,
    kinds,
    nested: fieldsWithNestedKinds(schema),
    unique,
    indexes,
    schemaVersion,
    migrations,
    retention,
    validate: createValidator(name, schema),
  };
}

function createValidator<S extends TObject>(
  name: string,
  schema: S,
): (document: unknown) => asserts document is Document<S> {
  const validator = Compile(Type.Object(schema.properties, { additionalProperties: false }));
  return (document) => {
    if (validator.Check(document)) return;
    const problems = validator
      .Errors(document)
      .map(({ instancePath, message }) => `${instancePath || "/"} ${message}`);
    throw new DocumentsError(
      "documents.invalid",
      `A document for "${name}" does not fit its schema: ${problems.join("; ")}`,
      { name, problems },
    );
  };
}
