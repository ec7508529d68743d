import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "@lucid/platform/clock";
import { openUrl } from "@lucid/verify";
import { afterAll, expect, test } from "vitest";
import { createScene, filesOf } from "../compact/testing/scene.ts";
import { createCrashMachine } from "../disk/testing/crash-machine.ts";
import { openStore } from "../store/index.ts";
import { createFollower } from "./index.ts";

type Answer = {
  status?: number;
  type?: string;
  write: (send: (bytes: Uint8Array) => void) => void;
};

const scene = createScene({ size: 40, nodes: 2 });
const files = filesOf(scene);
const stack = new AsyncDisposableStack();
const OCTETS = "application/octet-stream";

afterAll(() => stack.disposeAsync());

/** A web server over a log's files which answers one path in its own way. */
async function serve(path: string, odd: Answer): Promise<string> {
  const server = createServer((request, response) => {
    const asked = (request.url ?? "").slice(1);
    const bytes = files.get(asked);
    const isOdd = asked === path;
    const status = isOdd ? (odd.status ?? 200) : bytes === undefined ? 404 : 200;
    response.writeHead(status, { "content-type": isOdd ? (odd.type ?? OCTETS) : OCTETS });
    if (isOdd) odd.write((part) => response.write(part));
    else response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function follow(url: string, timeoutMs = 20_000) {
  const machine = createCrashMachine();
  const { genesis } = scene.network;
  const store = await openStore({ home: machine.disk(), genesis }, { mode: "follow" });
  const source = openUrl(url, { timeoutMs, minBytesPerSecond: 100_000 });
  const follower = createFollower({ store, clock: systemClock, sources: [source] });
  await follower.run(new AbortController().signal);
  const evidence = [...machine.files().keys()].filter((path) => path.endsWith(".reason"));
  return { size: store.head().size, status: follower.sources()[0], evidence };
}

const page = Buffer.from("<!doctype html><title>Not found</title>");
const endless = new Uint8Array(1024 * 1024);

test.each<[string, string, string, Answer]>([
  [
    "a page with status 200",
    "tile/0/000.p/40",
    "source.page",
    { type: "text/html", write: (send) => send(page) },
  ],
  ["a slow drip", "body/7", "source.slow", { write: (send) => send(page.subarray(0, 1)) }],
  [
    "an answer without an end",
    "checkpoint",
    "source.too_large",
    { write: (send) => Array.from({ length: 4 }, () => send(endless)) },
  ],
])("%s is refused, and kept as evidence", async (_, path, code, odd) => {
  const { size, status, evidence } = await follow(
    await serve(path, odd),
    code === "source.slow" ? 300 : undefined,
  );
  expect(status).toMatchObject({ state: "refused", code });
  expect(evidence).toHaveLength(1);
  expect(size).toBe(0);
});

test("a server in trouble is tried again and accused of nothing", async () => {
  const url = await serve("checkpoint", { status: 502, write: (send) => send(page) });
  const { status, evidence } = await follow(url);
  expect(status).toMatchObject({ state: "unreachable" });
  expect(evidence).toEqual([]);
});
