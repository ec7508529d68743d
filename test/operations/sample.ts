import type { RouteDefinition } from "@lucid/api";
import * as fc from "fast-check";

/** What JSON Schema says that matters to whoever makes an example. */
type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly contentMediaType?: string;
};

const sampleText = ({ pattern, format, minLength = 1 }: Schema): string => {
  if (format === "date-time") return "2026-01-01T00:00:00.000Z";
  if (pattern === undefined) return "a".repeat(minLength);
  const [text = ""] = fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 1, seed: 1 });
  return text;
};

const sampleObject = ({ properties = {}, required = [] }: Schema): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name))
      .map(([name, schema]) => [name, sampleOf(schema)]),
  );

/** A value that fits a schema: the smallest, with what is required and nothing else. */
export const sampleOf = (schema: Schema): unknown => {
  if (schema.contentMediaType !== undefined) return new Uint8Array();
  if ("const" in schema) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf?.[0] !== undefined) return sampleOf(schema.anyOf[0]);
  if (schema.type === "object") return sampleObject(schema);
  if (schema.type === "array")
    return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}));
  if (schema.type === "string") return sampleText(schema);
  if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 1;
  return schema.type === "boolean" ? false : null;
};

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value ?? 0);

/** Ids that a request names, in its path or in its body. */
export type Names = Readonly<Record<string, string>>;

/** A valid request of an operation, about the things that are named. */
export const requestOf = (
  { method, path, params, body }: RouteDefinition,
  names: Names,
): { readonly path: string; readonly init: RequestInit } => {
  const inPath: Record<string, unknown> = { ...sampleObject(params ?? {}), ...names };
  const filled = path
    .replaceAll(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(textOf(inPath[name])))
    .replace("*", "0/000");
  if (body === undefined) return { path: filled, init: { method } };
  const sample = sampleOf(body);
  const isBytes = sample instanceof Uint8Array;
  const content = isBytes
    ? (sample as Uint8Array<ArrayBuffer>)
    : JSON.stringify(renamed(sample as object, names));
  const type = isBytes ? "application/octet-stream" : "application/json";
  return { path: filled, init: { method, headers: { "content-type": type }, body: content } };
};

const renamed = (body: object, names: Names): object =>
  Object.fromEntries(
    Object.entries(body).map(([field, value]) => [field, names[field] ?? (value as unknown)]),
  );
