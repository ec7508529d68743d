import type { TLocalizedValidationError } from "typebox/error";
import { closestName } from "../config/closest.ts";
import type { FieldError } from "./problem.ts";

/** Forged bodies must not make long explanations: so many unknown fields are named, so many letters of each. */
const maxUnknown = 20;
const maxNameLength = 64;

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null;

const segmentsOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

const follow = (root: unknown, pointer: string): unknown =>
  segmentsOf(pointer).reduce<unknown>((at, name) => (isJson(at) ? at[name] : undefined), root);

const escaped = (name: string): string =>
  name.slice(0, maxNameLength).replaceAll("~", "~0").replaceAll("/", "~1");

const kindOf = (value: unknown): string => {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "a text in quotes";
  return typeof value === "object" ? "an object" : `the ${typeof value} ${JSON.stringify(value)}`;
};

const typeWords: Readonly<Record<string, string>> = {
  integer: "a whole number",
  number: "a number",
  string: "a text in quotes",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  null: "null",
};

const knownFields = (schema: unknown, pointer: string): string[] => {
  const owner = follow(schema, pointer.replace(/^#/, ""));
  return isJson(owner) && isJson(owner["properties"]) ? Object.keys(owner["properties"]) : [];
};

const unknownField = (name: string, known: readonly string[]): string => {
  const meant = name.length > maxNameLength ? undefined : closestName(name, known);
  return meant === undefined
    ? `is not a known field: remove it (known: ${known.join(", ") || "none"})`
    : `is not a known field: did you mean ${meant}?`;
};

const describe = (error: TLocalizedValidationError, schema: unknown, value: unknown): string => {
  const owner = follow(schema, error.schemaPath.replace(/^#/, ""));
  const expected =
    isJson(owner) && typeof owner["description"] === "string" ? owner["description"] : "";
  if (error.keyword === "type") {
    const types = [error.params.type].flat().map((type) => typeWords[type] ?? type);
    return `must be ${types.join(" or ")}, is ${kindOf(value)}`;
  }
  if (error.keyword === "pattern") {
    return `does not have the right form: ${expected || `must match ${String(error.params.pattern)}`}`;
  }
  if (error.keyword === "const") return `must be ${JSON.stringify(error.params.allowedValue)}`;
  if (error.keyword === "enum")
    return `must be one of ${JSON.stringify(error.params.allowedValues)}`;
  return expected === "" ? error.message : `${error.message} (${expected})`;
};

const explainOne = (
  error: TLocalizedValidationError,
  schema: unknown,
  value: unknown,
): FieldError[] => {
  if (error.keyword === "boolean" || error.keyword === "anyOf") return [];
  if (error.keyword === "required") {
    return error.params.requiredProperties.map((name) => ({
      pointer: `${error.instancePath}/${escaped(name)}`,
      detail: "is missing: add it",
    }));
  }
  if (error.keyword === "additionalProperties") {
    const known = knownFields(schema, error.schemaPath);
    return error.params.additionalProperties.slice(0, maxUnknown).map((name) => ({
      pointer: `${error.instancePath}/${escaped(name)}`,
      detail: unknownField(name, known),
    }));
  }
  const found = follow(value, error.instancePath);
  return [{ pointer: error.instancePath, detail: describe(error, schema, found) }];
};

/** Alternatives of one field (`must be "a"`, `must be "b"`) become one sentence. */
const mergeByPointer = (errors: readonly FieldError[]): FieldError[] => {
  const byPointer = Map.groupBy(errors, ({ pointer }) => pointer);
  return [...byPointer].map(([pointer, group]) => ({
    pointer,
    detail: [...new Set(group.map(({ detail }) => detail))].join("; or "),
  }));
};

/** Turns the validator's findings into one sentence per field, each with its JSON pointer (RFC 6901). */
export const explainErrors = (
  errors: readonly TLocalizedValidationError[],
  schema: unknown,
  value: unknown,
): FieldError[] => {
  const explained = mergeByPointer(errors.flatMap((error) => explainOne(error, schema, value)));
  return explained.length > 0
    ? explained
    : errors.map(({ instancePath, message }) => ({ pointer: instancePath, detail: message }));
};
