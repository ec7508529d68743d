import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { openUrl } from "./url.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function* paced(chunks: Iterable<Buffer>, pauseMs: number): AsyncGenerator<Buffer> {
  for (const chunk of chunks) {
    await setTimeout(pauseMs);
    yield chunk;
  }
}

describe("a log at an address", () => {
  test("is read file by file, below the path that was given", async () => {
    const base = await serve(({ url }, response) => response.end(`you asked for ${url}`));
    for (const given of [`${base}/log`, `${base}/log/`]) {
      const bytes = await openUrl(given).read("tile/0/x001/234.p/5");
      expect(Buffer.from(bytes ?? []).toString()).toBe("you asked for /log/tile/0/x001/234.p/5");
    }
  });

  test("what is not there is null", async () => {
    const base = await serve((_, response) => response.writeHead(404).end("<html>"));
    expect(await openUrl(base).read("body/1")).toBeNull();
  });

  test.each<[string, RequestListener]>([
    ["source.status", (_, response) => response.writeHead(500).end()],
    ["source.status", (_, response) => response.writeHead(204).end()],
    ["source.busy", (_, response) => response.writeHead(503).end()],
    ["source.redirect", (_, to) => to.writeHead(302, { location: "http://127.0.0.1:1/" }).end()],
    ["source.page", (_, to) => to.setHeader("content-type", "text/html; charset=utf-8").end("<p>")],
    ["source.unreachable", ({ socket }) => socket.destroy()],
    ["source.too_large", (_, response) => response.setHeader("content-length", 5001).end()],
    ["source.too_large", (_, response) => response.write(Buffer.alloc(5001))],
    [
      "source.too_large",
      (_, to) => to.setHeader("content-encoding", "gzip").end(gzipSync(Buffer.alloc(9999))),
    ],
    [
      "source.unreachable",
      ({ socket }, to) => to.setHeader("content-length", 9).write("half", () => socket.destroy()),
    ],
  ])("%s", async (code, listener) => {
    const source = openUrl(await serve(listener), { pauseMs: 1 });
    const read = source.read("checkpoint", { maxBytes: 5000 });
    await expect(read).rejects.toMatchObject({ name: "SourceError", code, path: "checkpoint" });
  });

  test("a file that never begins, or drips, is refused", async () => {
    const silent = await serve(() => {});
    const drip = await serve((_, response) => {
      const timer = setInterval(() => response.write("."), 5);
      response.on("close", () => clearInterval(timer));
    });
    for (const base of [silent, drip]) {
      const source = openUrl(base, { timeoutMs: 100, minBytesPerSecond: 10_000 });
      await expect(source.read("body/1")).rejects.toMatchObject({ code: "source.slow" });
    }
  });

  test("a file that keeps the pace may take longer than the limit", async () => {
    const steady = await serve((_, response) => {
      const chunks = Array.from({ length: 40 }, () => Buffer.alloc(100_000));
      Readable.from(paced(chunks, 5)).pipe(response);
    });
    const source = openUrl(steady, { timeoutMs: 150, minBytesPerSecond: 1000 });
    expect(await source.read("body/1")).toHaveLength(4_000_000);
  });

  test("a server that is busy, or breaks off, is asked again", async () => {
    let asked = 0;
    const base = await serve(({ socket }, response) => {
      asked++;
      if (asked === 1) response.writeHead(429).end();
      else if (asked === 2) socket.destroy();
      else response.end("now");
    });
    const once = openUrl(base, { attempts: 1 }).read("body/1");
    await expect(once).rejects.toMatchObject({ code: "source.busy" });
    asked = 0;
    expect(await openUrl(base, { pauseMs: 1 }).read("body/1")).toHaveLength(3);
  });

  test("who asked may give up", async () => {
    const source = openUrl(await serve(() => {}));
    const reason = new Error("enough");
    const read = source.read("body/1", { signal: AbortSignal.abort(reason) });
    await expect(read).rejects.toBe(reason);
    const busy = openUrl(await serve((_, response) => response.writeHead(503).end()));
    const later = new AbortController();
    const waiting = busy.read("body/1", { signal: later.signal });
    later.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  test("nobody there, and addresses that are none", async () => {
    const closed = await serve(() => {});
    servers.splice(0).forEach((server) => server.close());
    const read = openUrl(closed, { pauseMs: 1 }).read("checkpoint");
    await expect(read).rejects.toMatchObject({ code: "source.unreachable" });
    for (const url of [
      "ftp://a.example",
      "a.example",
      "http://u:p@a.example",
      "http://a.example/?x",
    ]) {
      expect(() => openUrl(url), url).toThrow(
        expect.objectContaining({ code: "source.unreachable" }),
      );
    }
  });

  test("only plain paths are asked for", async () => {
    const source = openUrl(await serve((_, response) => response.end("secret")));
    for (const path of [
      "../x",
      "a/../../x",
      "/x",
      "a//b",
      "%2e%2e/x",
      "a?b",
      "",
      "http://b.example",
    ]) {
      await expect(source.read(path), path).rejects.toMatchObject({ code: "source.path" });
    }
  });
});
