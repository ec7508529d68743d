import { type TObject, type TSchema, Type } from "typebox";
import type { FieldKind } from "./port.ts";

const kindByType: Record<string, FieldKind> = {
  string: "text",
  integer: "integer",
  number: "real",
  boolean: "boolean",
  bigint: "int64",
};

/** The scalar kinds of a schema's fields; `null` beside a kind does not change it, and what is no scalar is left out. */
export function fieldKinds(schema: TObject): Map<string, FieldKind> {
  const kinds = new Map<string, FieldKind>();
  for (const [field, type] of Object.entries(schema.properties)) {
    const kind = scalarKind(type);
    if (kind !== null) kinds.set(field, kind);
  }
  return kinds;
}

/** Fields that are no int64 or bytes themselves but hold some further down. */
export function fieldsWithNestedKinds(schema: TObject): Set<string> {
  const fields = Object.entries(schema.properties);
  return new Set(
    fields
      .filter(([, type]) => scalarKind(type) === null && holdsBinary(type))
      .map(([field]) => field),
  );
}

export function isOptionalOrNull(schema: TObject, field: string): boolean {
  const type = schema.properties[field];
  return type === undefined || Type.IsOptional(type) || variants(type).some(Type.IsNull);
}

function scalarKind(type: TSchema): FieldKind | null {
  const kinds = new Set(
    variants(type)
      .filter((variant) => !Type.IsNull(variant))
      .map(plainKind),
  );
  const [kind] = kinds;
  return kinds.size === 1 && kind !== undefined ? kind : null;
}

function plainKind(type: TSchema): FieldKind | null {
  if ("kind" in type && type["kind"] === "bytes") return "bytes";
  if ("const" in type) return literalKind(type["const"]);
  const name = "type" in type ? type["type"] : undefined;
  return typeof name === "string" ? (kindByType[name] ?? null) : null;
}

function literalKind(value: unknown): FieldKind | null {
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "real";
  return kindByType[typeof value] ?? null;
}

function variants(type: TSchema): TSchema[] {
  if (Type.IsUnion(type)) return type.anyOf.flatMap(variants);
  if (Type.IsEnum(type)) return type.enum.map((value) => Type.Literal(value as string));
  return [type];
}

function holdsBinary(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) return false;
  if ("type" in schema && schema.type === "bigint") return true;
  if ("kind" in schema && schema.kind === "bytes") return true;
  return Object.values(schema).some(holdsBinary);
}
