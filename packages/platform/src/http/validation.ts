import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { Settings } from "typebox/system";
import { closeSchema } from "./close-schema.ts";
import { createCoercion } from "./coerce.ts";
import { explainErrors } from "./explain.ts";
import { ApiProblem } from "./problem.ts";

Settings.Set({ maxErrors: 64 });

export type RequestPart = "body" | "query" | "params";

type Validator = (value: unknown) => { value: unknown } | { error: ApiProblem };

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

/**
 * Checks one part of a request against its schema, closed to unknown fields. A body is taken as it
 * is; texts of query string and path are coerced first. Every error is reported at once.
 */
export const createValidator = (schema: TSchema, part: RequestPart): Validator => {
  const closed = closeSchema(schema);
  const compiled = Compile(closed);
  const coerce = part === "body" ? (value: unknown) => value : createCoercion(closed);
  return (raw) => {
    if (raw === null && part === "body") return { error: invalid(part, [missingBody]) };
    const value = coerce(raw);
    if (compiled.Check(value)) return { value };
    return { error: invalid(part, explainErrors(compiled.Errors(value), closed, value)) };
  };
};
