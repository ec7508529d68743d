import type { IncomingHttpHeaders } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { json, startServer } from "../testing/server.ts";
import { createHttp } from "./http.ts";

const limits = { timeoutMs: 10_000, maxAnswerBytes: 1000 };
const post = { url: "", path: "", query: {}, method: "POST", body: "{}" } as const;

afterEach(() => vi.unstubAllEnvs());

/** A server that notes the headers of what it was asked. */
async function startNode() {
  const headers: IncomingHttpHeaders[] = [];
  const server = await startServer((request, response) => {
    headers.push(request.headers);
    json({})(request, response);
  });
  return { ...server, headers };
}

test("a path stands below the door's own, a question in its query or its body, the key in a header", async () => {
  await using node = await startNode();
  const ask = createHttp(`${node.url}/door/`, "the key", limits);
  await ask({ ...post, path: "wallet/x", body: '{"num":0}' });
  await ask({ ...post, body: undefined });
  const query = { only_from: true, order_by: "block_timestamp,asc" };
  expect(await ask({ ...post, method: "GET", path: "v1/x", query, body: undefined })).toEqual({
    status: 200,
    text: "{}",
  });
  expect(node.requests).toEqual([
    { path: "/door/wallet/x", body: '{"num":0}' },
    { path: "/door/", body: "" },
    { path: "/door/v1/x?only_from=true&order_by=block_timestamp%2Casc", body: "" },
  ]);
  expect(node.headers).toMatchObject([
    { "tron-pro-api-key": "the key", "content-type": "application/json" },
    { "tron-pro-api-key": "the key" },
    { "tron-pro-api-key": "the key" },
  ]);
});

test("says who asks; a key that is no header value is refused before anybody is asked", async () => {
  await using node = await startNode();
  await createHttp(node.url, undefined, limits)({ ...post, path: "wallet/x" });
  expect(node.headers).toMatchObject([{ accept: "application/json", "user-agent": "lucid" }]);
  const asked = createHttp(node.url, "key\u200b", limits)({ ...post, path: "wallet/x" });
  await expect(asked).rejects.toThrow(/Invalid character in header/);
  expect(node.requests).toHaveLength(1);
});

test("the environment's proxy is asked for a node elsewhere, and never for one on this machine", async () => {
  await using node = await startNode();
  await using proxy = await startNode();
  vi.stubEnv("HTTP_PROXY", proxy.url);
  vi.stubEnv("NO_PROXY", "");
  await createHttp("http://node.invalid", undefined, limits)({ ...post, path: "wallet/x" });
  await createHttp(node.url, undefined, limits)({ ...post, path: "wallet/y" });
  expect(proxy.requests.map(({ path }) => path)).toEqual(["http://node.invalid/wallet/x"]);
  expect(node.requests.map(({ path }) => path)).toEqual(["/wallet/y"]);
});
