import type { TSchema } from "typebox";

type Property = {
  readonly type?: string;
  readonly default?: unknown;
  readonly items?: Property;
  readonly anyOf?: readonly Property[];
};

export const propertiesOf = (schema: TSchema): Readonly<Record<string, Property>> =>
  "properties" in schema ? (schema.properties as Record<string, Property>) : {};

const decimal = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;

const textToValue = (text: string, type: string | undefined): unknown => {
  if ((type === "integer" || type === "number") && decimal.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
};

const coerceOne = (value: unknown, property: Property): unknown => {
  if (property.type === "array") {
    const items = Array.isArray(value) ? value : [value];
    return items.map((item: unknown) => coerceOne(item, property.items ?? {}));
  }
  if (typeof value !== "string") return value;
  const types = property.anyOf?.map(({ type }) => type) ?? [property.type];
  return types.map((type) => textToValue(value, type)).find((read) => read !== value) ?? value;
};

/**
 * Turns texts of a query string or path into the types that the schema asks for, and fills in
 * defaults. Only plain decimal numbers and `true`/`false` are read; anything else stays as it came,
 * for the validator to refuse.
 */
export const createCoercion = (schema: TSchema): ((texts: unknown) => unknown) => {
  const properties = Object.entries(propertiesOf(schema));
  return (texts) => {
    const values: Record<string, unknown> = { ...(texts as Record<string, unknown>) };
    for (const [name, property] of properties) {
      if (values[name] !== undefined) values[name] = coerceOne(values[name], property);
      else if (property.default !== undefined) values[name] = property.default;
    }
    return values;
  };
};
