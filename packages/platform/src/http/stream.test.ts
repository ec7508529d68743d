import { get, type IncomingMessage } from "node:http";
import { once } from "node:events";
import { Type } from "typebox";
import { expect, it } from "vitest";
import { createTestClock } from "../clock/index.ts";
import type { EventStream, Http } from "./index.ts";
import { start } from "./testing/harness.ts";

const live = {
  operationId: "getEvents",
  method: "GET",
  path: "/api/v1/events",
  summary: "Live events",
  tag: "system",
  roles: ["anyone"],
  response: { 200: Type.String({ contentMediaType: "text/event-stream" }) },
  errors: ["service.unavailable"],
} as const;

type Listener = {
  readonly response: IncomingMessage;
  readonly text: () => string;
  readonly leave: () => void;
};

const listenTo = async (url: string, token?: string): Promise<Listener> => {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const sent = get(`${url}/api/v1/events`, { agent: false, headers });
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  response.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  response.on("error", () => undefined); // the test leaves in the middle of an answer
  return { response, text: () => text, leave: () => sent.destroy() };
};

const serveLive =
  (streams: EventStream[]) =>
  (http: Http): void =>
    http.events(live, (stream) => void streams.push(stream));

it("sends events to whoever listens, and notices when they leave", async () => {
  const streams: EventStream[] = [];
  await using service = await start(serveLive(streams));
  const listener = await listenTo(service.url);
  expect(listener.response.headers["content-type"]).toBe("text/event-stream");
  expect(listener.response.headers["cache-control"]).toBe("no-store");
  streams[0]?.send("slot", { slot: 7, text: "a\nb" });
  await expect.poll(listener.text).toContain('event: slot\ndata: {"slot":7,"text":"a\\nb"}\n\n');
  listener.leave();
  await expect.poll(() => streams[0]?.signal.aborted).toBe(true);
  streams[0]?.send("slot", {});
});

it("keeps quiet connections alive", async () => {
  const clock = createTestClock(0);
  await using service = await start(serveLive([]), { deps: { clock } });
  const listener = await listenTo(service.url);
  await clock.advance(31_000);
  await expect.poll(() => listener.text().match(/: still here/g)?.length).toBe(2);
});

it("leaves room for who has a token when strangers take all that they can, and lets the next in when one leaves", async () => {
  const streams: EventStream[] = [];
  await using service = await start(serveLive(streams), { limits: { anonymous: 1_000 } });
  const askWith = (count: number, token?: string) =>
    Promise.all(Array.from({ length: count }, () => listenTo(service.url, token)));
  const strangers = await askWith(150);
  const refused = await fetch(`${service.url}/api/v1/events`);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "30"]);
  expect(await refused.text()).toContain("All 150 live streams for callers without a token");
  const people = await askWith(10, "operator:b");
  expect(new Set(people.map(({ response }) => response.statusCode))).toEqual(new Set([200]));
  expect((await listenTo(service.url, "operator:b")).response.statusCode).toBe(503);
  strangers[0]?.leave();
  await expect.poll(() => streams.filter(({ signal }) => signal.aborted).length).toBe(1);
  expect((await listenTo(service.url)).response.statusCode).toBe(200);
});

it("cuts off a client that does not read", async () => {
  const streams: EventStream[] = [];
  await using service = await start(serveLive(streams));
  const sent = get(`${service.url}/api/v1/events`, { agent: false });
  sent.on("error", () => undefined);
  await expect.poll(() => streams.length).toBe(1);
  const data = "x".repeat(64 * 1024);
  await expect
    .poll(() => {
      for (let n = 0; n < 50; n += 1) streams[0]?.send("big", data);
      return streams[0]?.signal.aborted;
    })
    .toBe(true);
});

it("ends streams when the service closes, and has no HEAD", async () => {
  const service = await start(serveLive([]));
  const head = await fetch(`${service.url}/api/v1/events`, { method: "HEAD" });
  expect([head.status, head.headers.get("allow")]).toEqual([405, "GET, OPTIONS"]);
  const listener = await listenTo(service.url);
  const ended = once(listener.response, "end");
  await service[Symbol.asyncDispose]();
  await ended;
});
