import { Type } from "typebox";
import { describe, expect, it } from "vitest";
import type { Http } from "./index.ts";
import { bearer, make, post, serveThing, start } from "./testing/harness.ts";

const bytes = (contentMediaType: string) => Type.Unsafe<Uint8Array>({ contentMediaType });
const octets = "application/octet-stream";

const reverse = {
  operationId: "reverse",
  method: "POST",
  path: "/reverse",
  summary: "Turns bytes round",
  tag: "bytes",
  roles: ["node"],
  body: bytes(octets),
  bodyLimit: 1024 * 1024,
  response: { 200: bytes(octets) },
  errors: [],
} as const;

const either = {
  operationId: "either",
  method: "GET",
  path: "/either",
  summary: "An object or a text",
  tag: "bytes",
  roles: ["anyone"],
  query: Type.Object({ text: Type.Boolean({ default: false }) }),
  response: { 200: Type.Union([Type.Object({ a: Type.Integer() }), bytes("text/plain")]) },
  errors: [],
} as const;

const rest = {
  operationId: "rest",
  method: "GET",
  path: "/files/*",
  summary: "What stands after the slash",
  tag: "bytes",
  roles: ["anyone"],
  params: Type.Object({ "*": Type.String() }),
  response: { 200: bytes("text/plain") },
  errors: [],
} as const;

const serve = (http: Http): void => {
  http.route(reverse, ({ body }) => body.toReversed());
  http.route(either, ({ query }) => (query.text ? Buffer.from("a is 1") : { a: 1 }));
  http.route(rest, ({ params, reply }) =>
    reply(200, Buffer.from(params["*"]), { "content-type": "text/plain; charset=utf-8" }),
  );
  serveThing(http);
};

const send = (url: string, body: Uint8Array<ArrayBuffer> | string, type: string) =>
  post(`${url}/reverse`, body, { "content-type": type, ...bearer("node:a").headers });

describe("bytes as bodies", () => {
  it("come and go as they are", async () => {
    await using service = await start(serve);
    const sent = Uint8Array.from({ length: 600 * 1024 }, (_, n) => n % 251);
    const answer = await fetch(`${service.url}/reverse`, {
      method: "POST",
      headers: { "content-type": octets, ...bearer("node:a").headers },
      body: sent,
    });
    expect(answer.headers.get("content-type")).toBe(octets);
    expect(Buffer.from(await answer.arrayBuffer()).equals(sent.toReversed())).toBe(true);
  });

  it("have a limit of their own", async () => {
    await using service = await start(serve);
    const answer = await send(service.url, new Uint8Array(1024 * 1024 + 1), octets);
    expect([answer.status, answer.body.code]).toEqual([413, "request.too_large"]);
  });

  it.each(["application/json", "text/plain"])("are not read as %s", async (type) => {
    await using service = await start(serve);
    const answer = await send(service.url, "{}", type);
    expect([answer.status, answer.body.code]).toEqual([415, "request.media_type"]);
    expect(answer.body.detail).toContain(octets);
  });

  it("are not taken where JSON is wanted", async () => {
    await using service = await start(serve);
    const answer = await post(`${service.url}/api/v1/things`, "{}", { "content-type": octets });
    expect([answer.status, answer.body.code]).toEqual([415, "request.media_type"]);
    expect(answer.body.detail).toContain("application/json");
  });

  it("are missed when there are none", async () => {
    await using service = await start(serve);
    const answer = await fetch(`${service.url}/reverse`, {
      method: "POST",
      ...bearer("node:a"),
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(`is missing: send ${octets}`);
  });

  it("may be one of two answers", async () => {
    await using service = await start(serve);
    const json = await fetch(`${service.url}/either`);
    expect(await json.json()).toEqual({ a: 1 });
    const text = await fetch(`${service.url}/either?text=true`);
    expect([text.headers.get("content-type"), await text.text()]).toEqual(["text/plain", "a is 1"]);
  });

  it("answer HEAD with their length only", async () => {
    await using service = await start(serve);
    const answer = await fetch(`${service.url}/files/some/where`, { method: "HEAD" });
    expect(answer.headers.get("content-length")).toBe("10");
    expect(await answer.text()).toBe("");
  });

  it("stand in the OpenAPI document with their media types", () => {
    const { http } = make();
    serve(http);
    const { paths } = http.document() as {
      paths: Record<string, Record<string, Record<string, unknown>>>;
    };
    expect(paths["/reverse"]?.["post"]?.["requestBody"]).toEqual({
      required: true,
      content: { [octets]: { schema: { contentMediaType: octets } } },
    });
    expect(Object.keys(paths["/files/{path}"]?.["get"] ?? {})).toContain("parameters");
    expect(paths["/files/{path}"]?.["get"]?.["parameters"]).toMatchObject([
      { name: "path", in: "path", required: true },
    ]);
    expect(paths["/either"]?.["get"]?.["responses"]).toMatchObject({
      200: { content: { "application/json": {}, "text/plain": {} } },
    });
  });
});
