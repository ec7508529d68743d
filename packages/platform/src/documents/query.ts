import { DocumentsError } from "./errors.ts";
import type { CollectionDefinition, FieldKind } from "./port.ts";

export type Scalar = string | number | bigint | boolean | Uint8Array | null;
export type Operator = "=" | "in" | ">=" | ">" | "<=" | "<";
export type Test = { field: string; operator: Operator; values: readonly Scalar[] };
export type Order = { field: string; direction: "asc" | "desc" };

/** A query that is known to be served by `key`: a declared index, a unique key or the id. */
export type Plan = { key: readonly string[]; tests: readonly Test[]; order: readonly Order[] };

type Declared = Pick<CollectionDefinition<{ id: string }>, "name" | "kinds" | "unique" | "indexes">;
type Query = {
  where?: object | undefined;
  sort?: readonly (readonly [string, "asc" | "desc"])[] | undefined;
};

const maxListed = 10_000;
const rangeOperators: Record<string, Operator> = { gte: ">=", gt: ">", lte: "<=", lt: "<" };

/**
 * Checks a query and picks the shortest key that serves it: the equal fields come first in the key, then the field that
 * ranges, then those that sort. Throws DocumentsError `documents.query` when there is none.
 */
export function planQuery(definition: Declared, { where = {}, sort = [] }: Query): Plan {
  const tests = Object.entries(where).flatMap(([field, condition]) =>
    conditionToTests(definition, field, condition),
  );
  const fixed = new Set(tests.filter(isFixed).map(({ field }) => field));
  const ranges = new Set(tests.filter((test) => !isFixed(test)).map(({ field }) => field));
  const wanted = sort.length > 0 ? sort.map(toOrder) : [...ranges].map(ascending);
  const order = wanted.filter(({ field }) => !fixed.has(field));

  const keys = [["id"], ...definition.unique, ...definition.indexes];
  const key = keys
    .filter((candidate) => serves(candidate, fixed, ranges, order))
    .toSorted((a, b) => a.length - b.length)[0];
  if (key === undefined) refuse(definition, `no declared index serves ${describe(tests, order)}`);

  return { key, tests, order: withTieBreak(definition, fixed, order) };
}

/**
 * The plan of a sum over a field, per value of `by` when given. Throws `documents.query` when the field is no integer,
 * or `by` nothing to group by, or no declared index serves the query.
 */
export function planSum(
  definition: Declared,
  { where, field, by }: { where?: object | undefined; field: string; by?: string | undefined },
): Plan {
  requireKind(definition, field, ["int64", "integer"]);
  if (by !== undefined) requireKind(definition, by, ["text", "int64", "integer"]);
  return planQuery(definition, { where });
}

function serves(
  key: readonly string[],
  fixed: ReadonlySet<string>,
  ranges: ReadonlySet<string>,
  order: readonly Order[],
): boolean {
  const free = [...key.slice(fixed.size), ...(key.includes("id") ? [] : ["id"])];
  const [first] = ranges;
  return (
    key.length >= fixed.size &&
    key.slice(0, fixed.size).every((field) => fixed.has(field)) &&
    ranges.size <= 1 &&
    (first === undefined || (key.length > fixed.size && first === free[0])) &&
    order.every(({ field }, index) => field === free[index]) &&
    new Set(order.map(({ direction }) => direction)).size <= 1
  );
}

/** Ties go by id, except where a unique key leaves none. */
function withTieBreak(
  { unique }: Declared,
  fixed: ReadonlySet<string>,
  order: readonly Order[],
): Order[] {
  const named = new Set([...fixed, ...order.map(({ field }) => field)]);
  const isUnique = [["id"], ...unique].some((key) => key.every((field) => named.has(field)));
  if (isUnique && order.length > 0) return [...order];
  return [...order, { field: "id", direction: order.at(-1)?.direction ?? "asc" }];
}

function conditionToTests(definition: Declared, field: string, condition: unknown): Test[] {
  const kind = definition.kinds.get(field);
  if (kind === undefined) refuse(definition, `"${field}" is not a field that a query can name`);
  if (isScalar(condition)) return [{ field, operator: "=", values: [checked(condition)] }];
  if (typeof condition !== "object") refuse(definition, `"${field}" has no value to compare with`);

  return Object.entries(condition).map(([name, value]: [string, unknown]) => {
    if (name === "in" && Array.isArray(value))
      return { field, operator: "in", values: checkedList(value) };
    const operator = Object.hasOwn(rangeOperators, name) ? rangeOperators[name] : undefined;
    if (operator === undefined) refuse(definition, `"${field}" cannot be compared by "${name}"`);
    return { field, operator, values: [checked(value, false)] };
  });

  function checkedList(values: readonly unknown[]): Scalar[] {
    if (values.length > maxListed)
      refuse(definition, `"${field}" in: more than ${maxListed} values; ask in parts`);
    return values.map((value) => checked(value));
  }

  function checked(value: unknown, mayBeNull = true): Scalar {
    if (value === null ? !mayBeNull : !isOfKind(value, kind)) {
      refuse(definition, `"${field}" is ${kind} and cannot be compared with ${typeof value}`);
    }
    return value as Scalar;
  }
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value !== "object"
    ? value !== undefined
    : value instanceof Uint8Array;
}

function isOfKind(value: unknown, kind: FieldKind | undefined): boolean {
  if (kind === "text") return typeof value === "string";
  if (kind === "boolean") return typeof value === "boolean";
  if (kind === "int64") return typeof value === "bigint";
  if (kind === "bytes") return value instanceof Uint8Array;
  return typeof value === "number";
}

function requireKind({ name, kinds }: Declared, field: string, wanted: string[]): void {
  if (wanted.includes(kinds.get(field) ?? "")) return;
  throw new DocumentsError(
    "documents.query",
    `Collection "${name}": "${field}" is not ${wanted.join(" or ")}`,
    { name, field },
  );
}

const isFixed = ({ operator }: Test) => operator === "=" || operator === "in";
const ascending = (field: string): Order => ({ field, direction: "asc" });
const toOrder = ([field, direction]: readonly [string, "asc" | "desc"]): Order => ({
  field,
  direction,
});

function describe(tests: readonly Test[], order: readonly Order[]): string {
  const conditions = tests.map(({ field, operator }) => `${field} ${operator}`).join(", ");
  const sorting = order.map(({ field, direction }) => `${field} ${direction}`).join(", ");
  return `where (${conditions}) sort (${sorting}); declare one, or ask otherwise`;
}

function refuse(definition: Declared, reason: string): never {
  throw new DocumentsError("documents.query", `Collection "${definition.name}": ${reason}`, {
    name: definition.name,
  });
}
