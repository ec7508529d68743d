import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isHealthy } from "./is-healthy.ts";

const listen = async (listener: RequestListener, where: string | number = 0) => {
  const server = createServer(listener);
  server.listen(typeof where === "string" ? { path: where } : { port: where, host: "0.0.0.0" });
  await once(server, "listening");
  const address = server.address() as AddressInfo | string;
  return {
    place:
      typeof address === "string"
        ? { socketPath: address }
        : { host: "0.0.0.0", port: address.port },
    [Symbol.asyncDispose]: async () => {
      server.close().closeAllConnections();
      await once(server, "close");
    },
  };
};

test("a program that listens everywhere is asked over loopback, under a name that is always trusted", async () => {
  const asked: unknown[] = [];
  await using server = await listen((request, response) => {
    asked.push([request.url, request.headers.host]);
    response.end("{}");
  });
  expect(await isHealthy(server.place)).toBe(true);
  expect(asked).toEqual([["/health", "localhost"]]);
});

test("a refusal, silence and nobody there are a no", async () => {
  await using refuses = await listen((_, response) => response.writeHead(503).end());
  expect(await isHealthy(refuses.place)).toBe(false);
  const silent = await listen(() => {});
  expect(await isHealthy(silent.place, "/health", 50)).toBe(false);
  await silent[Symbol.asyncDispose]();
  expect(await isHealthy(silent.place)).toBe(false);
});

test("a program on a socket is asked there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lucid-health-"));
  const socketPath = join(folder, "program.sock");
  {
    await using server = await listen((request, response) => {
      response.writeHead(request.url === "/status" ? 200 : 404).end();
    }, socketPath);
    expect(await isHealthy(server.place, "/status")).toBe(true);
  }
  await rm(folder, { recursive: true });
  expect(await isHealthy({ socketPath }, "/status")).toBe(false);
});
