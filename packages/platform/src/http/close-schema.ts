import type { TSchema } from "typebox";

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const closeAny = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closeAny);
  if (!isObject(value)) return value;
  const closed: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    closed[key] =
      key === "allOf" || key === "default" || key === "examples" ? member : closeAny(member);
  }
  const open = isObject(value["properties"]) && value["additionalProperties"] === undefined;
  return open && value["type"] === "object" ? { ...closed, additionalProperties: false } : closed;
};

/**
 * The same schema with every object closed to unknown fields, so that a misspelt field is an error
 * and not ignored. Parts of an `allOf` stay open, because each of them sees the fields of the others.
 */
export const closeSchema = (schema: TSchema): TSchema => closeAny(schema) as TSchema;
