import { Type } from "typebox";
import { describe, expect, it } from "vitest";
import { ApiProblem, type Http } from "./index.ts";
import {
  errorTable,
  good,
  post,
  rawExchange,
  serveThing,
  start,
  thing,
} from "./testing/harness.ts";

const item = {
  operationId: "getItem",
  method: "GET",
  path: "/api/v1/items/:id",
  summary: "One item",
  tag: "items",
  roles: ["anyone"],
  params: Type.Object({ id: Type.Integer() }),
  query: Type.Object({
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    all: Type.Optional(Type.Boolean()),
    tag: Type.Optional(Type.Array(Type.String())),
  }),
  response: {
    200: Type.Object({
      id: Type.Integer(),
      limit: Type.Integer(),
      all: Type.Boolean(),
      tags: Type.Integer(),
    }),
    201: Type.Object({ made: Type.String() }),
  },
  errors: ["things.full"],
} as const;

const serveItem = (http: Http): void =>
  http.route(item, ({ params: { id }, query, reply }) => {
    if (id === 1) return reply(201, { made: "now" }, { location: "/here" });
    if (id === 2)
      return new ApiProblem("things.full", "No room.", { extensions: { capacity: 100 } });
    if (id === 3) throw new ApiProblem("things.full", "No room.", { retryAfter: 2.5 });
    if (id === 4) throw new Error("SELECT secret FROM table");
    if (id === 5) throw new ApiProblem("no.such.code", "Oops.");
    return { id, limit: query.limit, all: query.all ?? false, tags: query.tag?.length ?? 0 };
  });

const get = async (
  url: string,
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> => {
  const response = await fetch(url, { redirect: "manual" });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
};

describe("handlers", () => {
  it("get coerced parameters with defaults", async () => {
    await using service = await start(serveItem);
    const url = `${service.url}/api/v1/items/7`;
    expect((await get(url)).body).toEqual({ id: 7, limit: 20, all: false, tags: 0 });
    expect((await get(`${url}?limit=5&all=true&tag=a`)).body).toEqual({
      id: 7,
      limit: 5,
      all: true,
      tags: 1,
    });
    expect((await get(`${url}?tag=a&tag=b`)).body).toMatchObject({ tags: 2 });
  });

  it.each([
    "limit=1.5",
    "limit=0x10",
    "limit=",
    "limit=101",
    "limit=5&limit=6",
    "all=yes",
    "limt=5",
    "__proto__=1",
  ])("refuses ?%s", async (query) => {
    await using service = await start(serveItem);
    const { status, body } = await get(`${service.url}/api/v1/items/7?${query}`);
    expect([status, body["code"]]).toEqual([422, "request.invalid"]);
  });

  it("answer with a status and headers of their own", async () => {
    await using service = await start(serveItem);
    const { status, headers, body } = await get(`${service.url}/api/v1/items/1`);
    expect([status, headers.get("location"), body]).toEqual([201, "/here", { made: "now" }]);
  });

  it("can be traced by the request id in headers and problems", async () => {
    await using service = await start(serveItem);
    const fine = await get(`${service.url}/api/v1/items/7`);
    expect(fine.headers.get("x-request-id")).toMatch(/./);
    const refused = await get(`${service.url}/api/v1/items/2`);
    expect(refused.headers.get("x-request-id")).toBe(refused.body["request_id"]);
  });

  it("return or throw problems as RFC 9457 wants them", async () => {
    await using service = await start(serveItem);
    const returned = await get(`${service.url}/api/v1/items/2`);
    expect(returned.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(returned.body).toEqual({
      type: "/docs#things.full",
      title: "Full",
      status: 409,
      detail: "No room.",
      code: "things.full",
      request_id: expect.any(String) as unknown,
      capacity: 100,
    });
    const thrown = await get(`${service.url}/api/v1/items/3`);
    expect([thrown.status, thrown.headers.get("retry-after")]).toEqual([409, "3"]);
  });

  it.each([4, 5])(
    "answer 500 without internals when they break (%i), and log the cause with the request id",
    async (id) => {
      await using service = await start(serveItem);
      const { status, body } = await get(`${service.url}/api/v1/items/${id}`);
      expect([status, body["code"]]).toEqual([500, "internal"]);
      expect(JSON.stringify(body)).not.toMatch(/SELECT|no\.such/);
      const line = JSON.parse(service.logged.join("")) as Record<string, unknown>;
      expect(line["request_id"]).toBe(body["request_id"]);
      expect(JSON.stringify(line["err"])).toMatch(/SELECT|no\.such/);
    },
  );

  it("that answer what their schema does not allow are a fault of ours", async () => {
    await using service = await start((http) => http.route(thing, () => ({}) as never));
    expect((await post(`${service.url}/api/v1/things`, good)).status).toBe(500);
  });

  it("see a count of failures per connection", async () => {
    await using service = await start((http) =>
      http.route({ ...thing, rate: "none" }, ({ connection, body }) => {
        connection.failures += 1;
        return { ...body, size: connection.failures };
      }),
    );
    const head = `POST /api/v1/things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${good.length}\r\n`;
    const once = `${head}\r\n${good}`;
    const last = `${head}connection: close\r\n\r\n${good}`;
    const answers = await rawExchange(service.port, once + once + last);
    expect(answers.match(/"size":[0-9]/g)).toEqual(['"size":1', '"size":2', '"size":3']);
    expect(await rawExchange(service.port, last)).toContain('"size":1');
  });
});

describe("paths and methods", () => {
  it("answers 405 with Allow for a method that a path lacks", async () => {
    await using service = await start((http) => {
      serveThing(http);
      serveItem(http);
    });
    const put = await fetch(`${service.url}/api/v1/things`, { method: "PUT", body: "not json" });
    expect([put.status, put.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    const remove = await fetch(`${service.url}/api/v1/items/7`, { method: "DELETE" });
    expect([remove.status, remove.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  it("answers HEAD like GET without the body", async () => {
    await using service = await start(serveItem);
    const head = await fetch(`${service.url}/api/v1/items/7`, { method: "HEAD" });
    const length = Number(head.headers.get("content-length"));
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect(length).toBeGreaterThan(20);
  });

  it.each(["/nowhere", "/api/v1/items", "/api/v1/items/7/8"])("answers 404 at %s", async (path) => {
    await using service = await start(serveItem);
    const { status, body } = await get(`${service.url}${path}`);
    expect([status, body["code"]]).toEqual([404, "request.not_found"]);
  });

  it("answers 400 to a path that cannot be decoded and to one that is too long", async () => {
    await using service = await start(serveItem);
    expect((await get(`${service.url}/api/v1/items/%zz`)).body["code"]).toBe("request.malformed");
    expect((await get(`${service.url}/api/v1/items/${"9".repeat(500)}`)).body["code"]).toBe(
      "request.malformed",
    );
  });

  it("refuses to register a code that the table does not explain, and the same path twice", async () => {
    await expect(
      start((http) => http.route({ ...thing, errors: ["no.such"] }, ({ body }) => body)),
    ).rejects.toThrow("createThing: no.such not in the error table");
    await expect(start((http) => [serveThing(http), serveThing(http)])).rejects.toThrow(
      "already declared",
    );
  });

  it("refuses an error table that lacks a code of the platform", async () => {
    const { internal: _, ...rest } = errorTable;
    await expect(start(serveThing, { deps: { errors: rest as never } })).rejects.toThrow(
      "lacks internal",
    );
  });
});
