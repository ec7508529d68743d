import { createHash } from "node:crypto";
import { Type } from "typebox";
import { describe, expect, it } from "vitest";
import { openApiDocument, type Http } from "./index.ts";
import { errorTable, start, thing } from "./testing/harness.ts";

type Json = Record<string, unknown>;

const item = {
  operationId: "getItem",
  method: "GET",
  path: "/api/v1/items/:item_id/parts/:part",
  summary: "One <part> of an item",
  tag: "items",
  roles: ["admin"],
  params: Type.Object({ item_id: Type.Integer() }),
  query: Type.Object({
    limit: Type.Integer({ default: 20 }),
    after: Type.String(),
    q: Type.Optional(Type.String()),
  }),
  response: { 200: Type.Object({ id: Type.Integer() }), 204: Type.Null() },
  errors: ["things.full"],
} as const;

const live = {
  ...item,
  operationId: "getEvents",
  path: "/api/v1/live",
  params: undefined as never,
  response: { 200: Type.String({ contentMediaType: "text/event-stream" }) },
} as const;

const info = { title: "Test", version: "1", description: "For tests" };
const document = openApiDocument([thing, item, live], info, errorTable) as Json & {
  paths: Record<string, Json>;
};

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.values(methods).map((operation) => ({ path, operation: operation as Json })),
);

const refsIn = (value: unknown): string[] => {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "$ref" ? [String(member)] : refsIn(member),
  );
};

describe("openApiDocument", () => {
  it("is OpenAPI 3.1 in plain JSON", () => {
    expect(document["openapi"]).toMatch(/^3\.1\.\d$/);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it("has one operation per definition, with ids of their own and a description for every answer", () => {
    const ids = operations.map(({ operation }) => operation["operationId"]);
    expect(ids).toEqual(["createThing", "getItem", "getEvents"]);
    for (const { operation } of operations) {
      for (const response of Object.values(operation["responses"] as Json)) {
        expect((response as Json)["description"]).toEqual(expect.stringMatching(/./));
      }
    }
  });

  it("declares every parameter of a path template, required, once", () => {
    for (const { path, operation } of operations) {
      const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
      const parameters = (operation["parameters"] ?? []) as Json[];
      const inPath = parameters.filter((parameter) => parameter["in"] === "path");
      expect(inPath.map((parameter) => parameter["name"])).toEqual(names);
      expect(inPath.every((parameter) => parameter["required"] === true)).toBe(true);
    }
  });

  it("resolves every reference", () => {
    for (const ref of refsIn(document)) {
      const target = ref
        .slice(2)
        .split("/")
        .reduce<unknown>((at, name) => (at as Json)[name], document);
      expect(target).toBeTypeOf("object");
    }
  });

  it("tells which query fields are needed, which have a default, and that bodies are closed", () => {
    const parameters = operations[1]?.operation["parameters"] as Json[];
    const needed = Object.fromEntries<unknown>(
      parameters.map(({ name, required }) => [String(name), required] as const),
    );
    expect(needed).toEqual({ item_id: true, part: true, limit: false, after: true, q: false });
    const body = JSON.stringify(operations[0]?.operation["requestBody"]);
    expect(body.match(/"additionalProperties":false/g)).toHaveLength(2);
  });

  it("names the errors of every operation and what access it needs", () => {
    const [open = {}, closed = {}, events = {}] = operations.map(({ operation }) => operation);
    expect(open["security"]).toEqual([]);
    expect(closed["security"]).toEqual([{ bearer: [] }]);
    expect(Object.keys(open["responses"] as Json)).toEqual([
      "200",
      "400",
      "409",
      "413",
      "415",
      "422",
      "429",
      "500",
    ]);
    expect(Object.keys(closed["responses"] as Json)).toContain("403");
    expect(JSON.stringify((events["responses"] as Json)["200"])).toContain("text/event-stream");
  });
});

describe("the served documents", () => {
  const serve = (http: Http): void => {
    http.route(thing, ({ body }) => body);
    http.route(item, () => ({ id: 1 }));
  };

  it("hold what was registered and the operations that every service has", async () => {
    await using service = await start(serve);
    const served = (await (await fetch(`${service.url}/api/v1/openapi.json`)).json()) as Json;
    expect(Object.keys(served["paths"] as Json)).toEqual([
      "/health",
      "/ready",
      "/api/v1/things",
      "/api/v1/items/{item_id}/parts/{part}",
    ]);
    expect(served).toEqual(JSON.parse(JSON.stringify(service.http.document())));
  });

  it("can be read as a page that runs nothing, fetches nothing and escapes what it shows", async () => {
    await using service = await start(serve);
    const response = await fetch(service.url); // the bare address leads to /docs
    expect(response.url).toBe(`${service.url}/docs`);
    const page = await response.text();
    const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(policy).toContain("default-src 'none'");
    expect(page).toContain("One &lt;part&gt; of an item");
    expect(page).toContain('id="things.full"');
    expect(page).not.toMatch(/<script|<link|src=|https?:\/\/|style="/);
  });
});
