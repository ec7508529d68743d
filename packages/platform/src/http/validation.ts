import { Type, type TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { Settings } from "typebox/system";
import { closeSchema } from "./close-schema.ts";
import { createCoercion } from "./coerce.ts";
import { explainErrors } from "./explain.ts";
import { jsonType, mediaTypeOf } from "./media-type.ts";
import { ApiProblem } from "./problem.ts";

Settings.Set({ maxErrors: 64 });

export type RequestPart = "body" | "query" | "params";

/** True when the value may stay as it is; Fastify takes the place of it with `value`. */
type Validator = (value: unknown) => true | { value: unknown } | { error: ApiProblem };

const names: Readonly<Record<RequestPart, string>> = {
  body: "body",
  query: "query string",
  params: "path",
};

const invalid = (part: RequestPart, errors: ReturnType<typeof explainErrors>): ApiProblem => {
  const first = errors[0];
  const field =
    first?.pointer === "" ? `The ${names[part]}` : `${first?.pointer} in the ${names[part]}`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : "";
  return new ApiProblem("request.invalid", `${field} ${first?.detail ?? "is not valid"}${more}.`, {
    errors,
  });
};

const missingBody = { pointer: "", detail: "is missing: send a JSON object" };

const createBodyValidator = (schema: TSchema): Validator => {
  const closed = closeSchema(schema);
  const compiled = Compile(closed);
  return (body) => {
    if (compiled.Check(body)) return true;
    if (body === null) return { error: invalid("body", [missingBody]) };
    return { error: invalid("body", explainErrors(compiled.Errors(body), closed, body)) };
  };
};

/** Bytes are for the handler to read. */
const createBytesValidator = (mediaType: string): Validator => {
  const missing = { pointer: "", detail: `is missing: send ${mediaType}` };
  return (body) => body instanceof Uint8Array || { error: invalid("body", [missing]) };
};

const createTextValidator = (schema: TSchema, part: "query" | "params"): Validator => {
  const closed = closeSchema(schema);
  const compiled = Compile(closed);
  const coerce = createCoercion(closed);
  return (texts) => {
    const value = coerce(texts);
    if (compiled.Check(value)) return { value };
    return { error: invalid(part, explainErrors(compiled.Errors(value), closed, value)) };
  };
};

/** For operations without a query: nothing may be asked for. */
const createEmptyQueryValidator = (): Validator => {
  const refuse = createTextValidator(Type.Object({}), "query");
  return (texts) => Object.keys(texts as object).length === 0 || refuse(texts);
};

const compile = (schema: TSchema, part: RequestPart): Validator => {
  const mediaType = mediaTypeOf(schema);
  if (mediaType !== jsonType) return createBytesValidator(mediaType);
  if (part === "body") return createBodyValidator(schema);
  if (part === "query" && !("type" in schema)) return createEmptyQueryValidator();
  return createTextValidator(schema, part);
};

/**
 * Checks one part of a request against its schema, closed to unknown fields. A body is taken as it
 * is; texts of query string and path are coerced first. Every error is reported at once. Compiled for the first request:
 * most operations are never asked for between two starts.
 */
export const createValidator = (schema: TSchema, part: RequestPart): Validator => {
  let validate: Validator | null = null;
  return (value) => (validate ??= compile(schema, part))(value);
};
