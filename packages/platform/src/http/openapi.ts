import type { TSchema } from "typebox";
import { closeSchema } from "./close-schema.ts";
import { propertiesOf } from "./coerce.ts";
import type { HttpOptions } from "./contract.ts";
import type { RouteDefinition } from "./definition.ts";
import { alternativesOf, mediaTypeOf } from "./media-type.ts";
import type { ErrorTable, PlatformErrorCode } from "./problem.ts";

type Json = Readonly<Record<string, unknown>>;

const problemSchema = {
  type: "object",
  description: "RFC 9457 problem details; `code` is stable, `detail` is for people.",
  required: ["type", "title", "status", "detail", "code", "request_id"],
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: { type: "string" },
    status: { type: "integer", minimum: 400, maximum: 599 },
    detail: { type: "string" },
    code: { type: "string", pattern: "^[a-z_]+(\\.[a-z_]+)*$" },
    request_id: { type: "string" },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["pointer", "detail"],
        properties: {
          pointer: { type: "string", description: "JSON pointer (RFC 6901) to the field" },
          detail: { type: "string" },
        },
      },
    },
  },
};

const isOpen = ({ roles }: RouteDefinition): boolean => roles.includes("anyone");

/** Every code an operation can answer: its own and those that its shape brings along. */
export const errorCodesOf = (definition: RouteDefinition): readonly string[] => {
  const { body, query, params, rate } = definition;
  const fromShape: (PlatformErrorCode | false)[] = [
    (body ?? query ?? params) !== undefined && "request.invalid",
    body !== undefined && "request.malformed",
    body !== undefined && "request.too_large",
    body !== undefined && "request.media_type",
    !isOpen(definition) && "access.unauthenticated",
    !isOpen(definition) && "access.expired",
    !isOpen(definition) && "access.forbidden",
    rate !== "none" && "limits.exceeded",
    "internal",
  ];
  return [...new Set([...definition.errors, ...fromShape.filter((code) => code !== false)])];
};

const problemResponses = (definition: RouteDefinition, errors: ErrorTable): Json => {
  const groups = Map.groupBy(errorCodesOf(definition), (code) => errors[code]?.status ?? 500);
  return Object.fromEntries(
    [...groups].map(([status, codes]) => [
      status,
      {
        description: codes
          .map((code) => `\`${code}\`: ${errors[code]?.title ?? code}`)
          .join("\n\n"),
        content: {
          "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
        },
      },
    ]),
  );
};

const contentOf = (schema: TSchema): Json =>
  Object.fromEntries(alternativesOf(schema).map((one) => [mediaTypeOf(one), { schema: one }]));

const successResponses = ({ response }: RouteDefinition): Json =>
  Object.fromEntries(
    Object.entries(response).map(([status, schema]) => [
      status,
      {
        description: "description" in schema ? String(schema.description) : "Done",
        ...(status !== "204" && { content: contentOf(schema) }),
      },
    ]),
  );

const requiredOf = (schema: TSchema): readonly string[] =>
  "required" in schema ? (schema.required as readonly string[]) : [];

const parametersIn = (place: "path" | "query", schema: TSchema | undefined): Json[] =>
  schema === undefined
    ? []
    : Object.entries(propertiesOf(schema)).map(([name, property]) => ({
        name: name === "*" ? restName : name,
        in: place,
        required:
          place === "path" || (requiredOf(schema).includes(name) && property.default === undefined),
        schema: property,
      }));

/** What the rest of a path, `*`, is called where every parameter needs a name. */
const restName = "path";

const templateOf = (path: string): string =>
  path.replaceAll(/:([^/]+)/g, "{$1}").replace("*", `{${restName}}`);

const pathNames = (path: string): string[] =>
  [...templateOf(path).matchAll(/{([^}]+)}/g)].map(([, name]) => String(name));

const parametersOf = ({ path, params, query }: RouteDefinition): Json[] => {
  const described = parametersIn("path", params);
  const names = new Set(described.map(({ name }) => name));
  const rest = pathNames(path).filter((name) => !names.has(name));
  const plain = rest.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  return [...described, ...plain, ...parametersIn("query", query)];
};

const operationOf = (definition: RouteDefinition, errors: ErrorTable): Json => {
  const { operationId, summary, description, tag, roles, body } = definition;
  const whoMay = isOpen(definition) ? "Needs no token." : `For ${roles.join(", ")}.`;
  const parameters = parametersOf(definition);
  return {
    operationId,
    summary,
    description: description === undefined ? whoMay : `${description}\n\n${whoMay}`,
    tags: [tag],
    security: isOpen(definition) ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: {
        required: true,
        content: contentOf(closeSchema(body)),
      },
    }),
    responses: { ...successResponses(definition), ...problemResponses(definition, errors) },
  };
};

const pathsOf = (definitions: readonly RouteDefinition[], errors: ErrorTable): Json => {
  const groups = Map.groupBy(definitions, ({ path }) => templateOf(path));
  return Object.fromEntries(
    [...groups].map(([path, group]) => [
      path,
      Object.fromEntries(
        group.map((item) => [item.method.toLowerCase(), operationOf(item, errors)]),
      ),
    ]),
  );
};

/**
 * The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.1.html) of a set of operations, as
 * plain JSON. A body that is not JSON says so with `contentMediaType` in its schema; one that comes in
 * several media types is a union.
 */
export const openApiDocument = (
  definitions: readonly RouteDefinition[],
  info: HttpOptions["info"],
  errors: ErrorTable,
): Json => {
  const document = {
    openapi: "3.1.1",
    info: { ...info, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: "/" }],
    tags: [...new Set(definitions.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: pathsOf(definitions, errors),
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      schemas: { Problem: problemSchema },
    },
  };
  return JSON.parse(JSON.stringify(document)) as Json;
};
