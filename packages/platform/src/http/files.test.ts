import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Http } from "./index.ts";
import { rawExchange, serveThing, start } from "./testing/harness.ts";

describe("pages", () => {
  let directory = "";
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "lucid-pages-"));
    mkdirSync(join(directory, "assets"));
    writeFileSync(join(directory, "index.html"), "<!doctype html><title>Lucid</title>");
    writeFileSync(join(directory, "assets", "index-BqX3f9aZ.js"), "export {};");
    writeFileSync(join(directory, "favicon.svg"), "<svg/>");
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const serve = (http: Http): void => {
    serveThing(http);
    http.files({ directory });
  };
  const page = { headers: { accept: "text/html,application/xhtml+xml" } };

  it("are served with a policy that allows nothing inline and nothing from elsewhere", async () => {
    await using service = await start(serve);
    const response = await fetch(`${service.url}/`, page);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(await response.text()).toContain("<title>Lucid");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:/);
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("may be kept for ever when their name is made from their content", async () => {
    await using service = await start(serve);
    const asset = await fetch(`${service.url}/assets/index-BqX3f9aZ.js`);
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(asset.headers.get("content-type")).toContain("javascript");
    const icon = await fetch(`${service.url}/favicon.svg`);
    expect(icon.headers.get("cache-control")).toBe("no-cache");
  });

  it("answer unknown paths that a person opens, and leave data and programs their 404", async () => {
    await using service = await start(serve);
    const opened = await fetch(`${service.url}/nodes/node_abc?tab=beacons`, page);
    expect([opened.status, await opened.text()]).toEqual([
      200,
      expect.stringContaining("<title>Lucid"),
    ]);
    expect(opened.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect((await fetch(`${service.url}/nodes/node_abc`)).status).toBe(404);
    expect((await fetch(`${service.url}/api/v1/nowhere`, page)).status).toBe(404);
    expect((await fetch(`${service.url}/nodes`, { ...page, method: "POST" })).status).toBe(404);
  });

  it("never reach outside their folder", async () => {
    await using service = await start(serve);
    for (const path of [
      "/..%2f..%2fetc/passwd",
      "/assets/..%2f..%2f..%2fetc/passwd",
      "/%2e%2e/etc/passwd",
    ]) {
      const text = await (await fetch(service.url + path)).text();
      expect(text).not.toContain("root:");
    }
  });

  it("are for trusted host names only, like everything else", async () => {
    await using service = await start(serve, { trustedHosts: ["lucid.example"] });
    const ask = (host: string, path: string) =>
      rawExchange(
        service.port,
        `GET ${path} HTTP/1.1\r\nhost: ${host}\r\naccept: text/html\r\nconnection: close\r\n\r\n`,
      );
    for (const path of ["/", "/favicon.svg", "/nodes"]) {
      expect(await ask("evil.test", path)).toMatch(/^HTTP\/1\.1 421 /);
      expect(await ask("lucid.example", path)).toMatch(/^HTTP\/1\.1 200 /);
    }
  });

  it("refuse to start without an index.html", async () => {
    const serveAssets = (http: Http): void => http.files({ directory: join(directory, "assets") });
    await expect(start(serveAssets)).rejects.toThrow("build the pages first");
  });
});
