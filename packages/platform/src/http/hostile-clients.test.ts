import { connect } from "node:net";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { good, post, rawExchange, serveThing, start } from "./testing/harness.ts";

const head = "POST /api/v1/things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
const quick = { timeouts: { headersMs: 300, requestMs: 500, checkMs: 50 } };

describe("clients that misbehave", () => {
  it("answers 400 to a body that is cut off while the caller still listens", async () => {
    await using service = await start(serveThing);
    const request = `${head}content-length: 500\r\n\r\n{"name":`;
    const answer = await rawExchange(service.port, request, { halfClose: true });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"request.malformed"');
    expect(answer).toMatch(/"request_id":"[^"]+"/);
  });

  it("survives a caller that vanishes in the middle of a body", async () => {
    await using service = await start(serveThing);
    const socket = connect(service.port, "127.0.0.1");
    socket.write(`${head}content-length: 500\r\n\r\n{"name":`);
    await once(socket, "connect");
    socket.resetAndDestroy();
    expect((await post(`${service.url}/api/v1/things`, good)).status).toBe(200);
    expect(service.logged).toEqual([]);
  });

  it("gives up on slow headers and slow bodies with 408, and serves others meanwhile", async () => {
    await using service = await start(serveThing, quick);
    const slowHead = rawExchange(service.port, "POST /api/v1/things HTTP/1.1\r\nhost: x\r\n");
    const slowBody = rawExchange(service.port, `${head}content-length: 20\r\n\r\n{`);
    expect((await post(`${service.url}/api/v1/things`, good)).status).toBe(200);
    for (const answer of await Promise.all([slowHead, slowBody])) {
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
      expect(answer).toContain('"code":"request.timeout"');
    }
  });

  it("gives up on headers that drip in, however steadily", async () => {
    await using service = await start(serveThing, quick);
    const socket = connect(service.port, "127.0.0.1");
    socket.write(head);
    const drip = setInterval(() => socket.write("x: y\r\n"), 20);
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("error", () => socket.destroy());
    await once(socket, "close");
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("refuses a flood of headers", async () => {
    await using service = await start(serveThing);
    const flood = Array.from({ length: 5000 }, (_, n) => `x-${n}: ${"y".repeat(20)}\r\n`).join("");
    const answer = await rawExchange(service.port, `${head}${flood}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"request.too_large"');
  });

  it("answers what is not HTTP", async () => {
    await using service = await start(serveThing);
    const answer = await rawExchange(service.port, "\u0016\u0003\u0001 hello\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("answers a method that nobody uses", async () => {
    await using service = await start(serveThing);
    const request = "QUERY /api/v1/things HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    const answer = await rawExchange(service.port, request);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain('"code":"request.not_found"');
  });

  it("refuses a chunked body over the limit while it arrives", async () => {
    await using service = await start(serveThing, { bodyLimitBytes: 1000 });
    const chunk = `400\r\n${"x".repeat(0x400)}\r\n`;
    const answer = await rawExchange(
      service.port,
      `${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(3)}0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });
});
