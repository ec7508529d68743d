import { request } from "node:http";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { serveThing, start } from "./testing/harness.ts";

/** Like fetch, but lets the test choose the Host header. */
const ask = async (port: number, host: string): Promise<number> => {
  const sent = request({ port, host: "127.0.0.1", path: "/health", headers: { host } }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
};

describe("host names", () => {
  it("are all answered while none is named", async () => {
    await using service = await start(serveThing);
    expect(await ask(service.port, "anything.example")).toBe(200);
  });

  it.each([
    ["lucid.example", 200],
    ["LUCID.example:8095", 200],
    ["localhost:1", 200],
    ["127.0.0.1", 200],
    ["lucid.example.evil.test", 421],
    ["evil.test:8095", 421],
  ])("%s is %i once some are trusted", async (host, status) => {
    await using service = await start(serveThing, { trustedHosts: ["lucid.example"] });
    expect(await ask(service.port, host)).toBe(status);
  });
});

describe("other origins", () => {
  const ours = "https://console.example";

  it("may call when they are on the list", async () => {
    await using service = await start(serveThing, { corsOrigins: [ours] });
    const preflight = await fetch(`${service.url}/api/v1/things`, {
      method: "OPTIONS",
      headers: { origin: ours },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(ours);
    expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
    const answer = await fetch(`${service.url}/health`, { headers: { origin: ours } });
    expect(answer.headers.get("access-control-allow-origin")).toBe(ours);
    expect(answer.headers.get("vary")).toBe("Origin");
  });

  it("get no permission otherwise", async () => {
    await using service = await start(serveThing, { corsOrigins: [ours] });
    const answer = await fetch(`${service.url}/health`, {
      headers: { origin: "https://evil.test" },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});

it("every answer says that it is data", async () => {
  await using service = await start(serveThing);
  for (const path of ["/health", "/nowhere", "/api/v1/things"]) {
    const { headers } = await fetch(service.url + path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
  }
});
