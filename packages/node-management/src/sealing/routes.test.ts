import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestService, type TestService } from "../testing/service.ts";

let blockManager: Server;
let asked: string[];
let answer: (response: ServerResponse) => void;
let test: TestService;

beforeAll(async () => {
  asked = [];
  blockManager = createServer((request, response) => {
    if (request.method === "GET") asked.push(request.url ?? "");
    answer(response);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => blockManager.once("listening", resolve));
  const { port } = blockManager.address() as AddressInfo;
  answer = (response) => response.writeHead(503).end();
  test = await startTestService({ settings: { BLOCK_MANAGER_URL: `http://127.0.0.1:${port}` } });
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  blockManager.close();
});

const get = (path: string, init: RequestInit = {}) => fetch(`${test.service.url}${path}`, init);
const codeOf = async (response: Response) => {
  const { code } = (await response.json()) as { code: string };
  return `${response.status} ${code}`;
};

describe("the files of the log", () => {
  it.each([
    ["/log/checkpoint", "text/plain; charset=utf-8"],
    ["/log/network.json", "application/json"],
    ["/log/tile/0/000", "application/octet-stream"],
    ["/log/tile/63/x001/x234/067.p/255", "application/octet-stream"],
    ["/log/tile/entries/x123/456.p/1", "application/octet-stream"],
    ["/log/body/1234567", "application/octet-stream"],
    ["/log/compact/30", "application/octet-stream"],
  ])("%s is passed on as it is, with how long it may be kept", async (path, type) => {
    const bytes = Buffer.from([0, 255, 10, 13]);
    answer = (response) => {
      response.writeHead(200, { "cache-control": "public, immutable", "set-cookie": "a=b" });
      response.end(bytes);
    };
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
    expect(response.headers.get("content-type")).toContain(type);
    expect(response.headers.get("cache-control")).toBe("public, immutable");
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(asked.at(-1)).toBe(path.slice("/log".length));
  });

  it.each([
    "/log/tile/64/000",
    "/log/tile/0/000.p/0",
    "/log/tile/0/000.p/256",
    "/log/tile/0/00",
    "/log/tile/0/000/..%2f..%2f..%2fapi%2fv1%2fblocks",
    "/log/body/-1",
    "/log/body/01",
    "/log/body/1e3",
    "/log/body/1%3Fx=y",
    "/log/compact/30%00",
  ])("%s is no file and is not asked for", async (path) => {
    const before = asked.length;
    expect(await codeOf(await get(path))).toMatch(/^404 /);
    expect(asked).toHaveLength(before);
  });

  it("that are missing are missing here", async () => {
    answer = (response) => response.writeHead(404).end("a page");
    expect(await codeOf(await get("/log/body/7"))).toBe("404 log.no_file");
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ["a fault", (response) => response.writeHead(500).end()],
    ["another place", (response) => response.writeHead(302, { location: "/elsewhere" }).end()],
    ["nothing", (response) => response.destroy()],
    [
      "half of it",
      (response) =>
        response.writeHead(200, { "content-length": 9 }).write("half", () => response.destroy()),
    ],
    ["far too much", (response) => response.writeHead(200).end(Buffer.alloc(2 * 1024 * 1024))],
  ])("cannot be had when block-manager answers with %s", async (_, how) => {
    answer = how;
    expect(await codeOf(await get("/log/checkpoint"))).toBe("503 log.unavailable");
  });

  it("are not fetched without end for whoever asks for many at once", async () => {
    const held: ServerResponse[] = [];
    answer = (response) => void held.push(response);
    const asking = Array.from({ length: 40 }, (_, i) => get(`/log/body/${i}`));
    const refused = await Promise.race(asking);
    expect(await codeOf(refused)).toBe("503 log.unavailable");
    expect(held.length).toBeLessThanOrEqual(16);
    answer = (response) => response.writeHead(200).end("x");
    for (const response of held) response.writeHead(200).end("x");
    const statuses = (await Promise.all(asking)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(0);
    expect((await get("/log/body/1")).status).toBe(200);
  });
});

describe("a block-manager that answers nonsense to appends", () => {
  it("leaves the service at work", async () => {
    const node = await test.join("a");
    answer = (response) => response.writeHead(200).end("{");
    await test.goTo(453, 500);
    const sent = await test.client.call("sendBeacon", { body: node.beacon(453) });
    expect(sent).toMatchObject({ verdict: "accepted", checkpoint: null });
    const { log } = await test.client.call("getNetwork");
    expect(log.appended_height).toBeNull();
    expect(log.lag_slots).toBeGreaterThan(0);
  });
});
