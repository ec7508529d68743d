import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, type Rolldown } from "vite";
import { launchBrowser, withoutBrowser } from "./browser.ts";
import { openWatchedPage } from "./watched-page.ts";

const entry = fileURLToPath(
  new URL("../../packages/protocol/src/vectors/recompute.ts", import.meta.url),
);

/** One classic script whose exports are the global `vectors`. */
const bundle = async (): Promise<string> => {
  const output = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: { entry, formats: ["iife"], name: "vectors", fileName: "vectors" },
    },
  });
  const [first] = output as Rolldown.RolldownOutput[];
  if (first === undefined) throw new Error("nothing was built");
  return first.output[0].code;
};

const page = '<!doctype html><meta charset="utf-8"><script src="/vectors.js"></script>';

const serve = async (script: string): Promise<Server> => {
  const answers: Record<string, readonly [type: string, body: string]> = {
    "/": ["text/html", page],
    "/vectors.js": ["text/javascript; charset=utf-8", script],
  };
  const server = createServer((request, response) => {
    const [type, body] = answers[request.url ?? ""] ?? ["image/x-icon", ""];
    response.writeHead(200, { "content-type": type }).end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return server;
};

const committed = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), "utf8"));

describe.skipIf(withoutBrowser)("protocol in a browser", () => {
  let browser: Browser;
  let server: Server;

  beforeAll(async () => {
    browser = await launchBrowser();
    server = await serve(await bundle());
  });
  afterAll(async () => {
    server.close();
    await browser.close();
  });

  it.each(["encoding", "ed25519-edge", "beacons", "rewards", "ledger", "wallet"])(
    "computes the vectors of %s",
    async (name) => {
      const { port } = server.address() as AddressInfo;
      await using opened = await openWatchedPage(browser, `http://127.0.0.1:${port}/`);
      const text = await opened.page.evaluate(
        `JSON.stringify(vectors.recompute[${JSON.stringify(name)}]())`,
      );
      expect(JSON.parse(String(text))).toEqual(committed(name));
      expect(opened.complaints).toEqual([]);
    },
  );
});
