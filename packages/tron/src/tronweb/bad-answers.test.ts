import type { RequestListener } from "node:http";
import { expect, test } from "vitest";
import type { ChainPort } from "../port.ts";
import { createLocalSigner } from "../signer.ts";
import { json, startServer } from "../testing/server.ts";
import { localProfile, makeTransfer, RECIPIENT, WALLET, WALLET_KEY } from "../testing/transfers.ts";
import { createChain } from "./index.ts";

const TXID = "ab".repeat(32);
const SIGNED = createLocalSigner({ privateKeyHex: WALLET_KEY, profile: localProfile() }).sign(
  makeTransfer(),
);

/** Every question of the port. */
const QUESTIONS: Record<string, (chain: ChainPort) => Promise<unknown>> = {
  genesisBlockId: (chain) => chain.genesisBlockId(),
  head: (chain) => chain.head(),
  solidHead: (chain) => chain.solidHead(),
  solidBlocks: (chain) => chain.solidBlocks(5, 8),
  balances: (chain) => chain.balances(WALLET),
  resources: (chain) => chain.resources(WALLET),
  tokenState: (chain) => chain.tokenState(WALLET),
  estimateEnergy: (chain) => chain.estimateEnergy(WALLET, RECIPIENT, 5n),
  prices: (chain) => chain.prices(),
  receipt: (chain) => chain.receipt(TXID),
  transfersOut: (chain) => chain.transfersOut(WALLET, 0, 10),
};

const raw =
  (status: number, headers: Record<string, string>, body: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

/** Never silent for long, so that only a deadline for the whole answer ends it. */
const drip: RequestListener = (_, response) => {
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
};

const BAD: [string, "unknown" | "unreachable", RequestListener][] = [
  [
    "a page of HTML",
    "unknown",
    raw(200, { "content-type": "text/html" }, "<html>maintenance</html>"),
  ],
  ["an empty body", "unknown", raw(200, {}, "")],
  [
    "plain text",
    "unknown",
    raw(200, {}, "this API is closed because this node is a lite fullnode"),
  ],
  ["null", "unknown", json(null)],
  ["a list", "unknown", json([])],
  [
    "an Error with status 200",
    "unknown",
    json({ Error: "class java.lang.NullPointerException : null" }),
  ],
  ["an Error beside data", "unknown", json({ Error: "busy", id: TXID, block: [], result: [] })],
  [
    "fields of the wrong type",
    "unknown",
    json({ blockID: 5, block: {}, id: 7, result: "x", chainParameter: {} }),
  ],
  ["an answer over the size limit", "unknown", json({ padding: "x".repeat(300_000) })],
  ["a redirect", "unknown", raw(302, { location: "http://127.0.0.1:9/elsewhere" }, "")],
  ["status 404", "unknown", raw(404, {}, "not here")],
  ["status 403", "unknown", raw(403, {}, "{}")],
  ["status 503", "unreachable", raw(503, {}, "{}")],
  ["status 429", "unreachable", raw(429, {}, "{}")],
  ["silence", "unreachable", () => undefined],
  ["a body that never ends", "unreachable", (_, response) => void response.write('{"block":')],
  ["a body that drips", "unreachable", drip],
  ["a dropped connection", "unreachable", (request) => void request.socket.destroy()],
];

const NEVER_ENDING = new Set(["silence", "a body that never ends", "a body that drips"]);

for (const [what, code, listener] of BAD) {
  test(`${what} is ${code} for every question`, async () => {
    await using server = await startServer(listener);
    const chain = connect(server.url, NEVER_ENDING.has(what) ? 150 : 10_000);
    const failure = { ok: false, code, reason: expect.stringMatching(/./) as string };
    await Promise.all(
      Object.entries(QUESTIONS).map(async ([name, question]) =>
        expect({ name, answer: await question(chain) }).toMatchObject({ name, answer: failure }),
      ),
    );
    expect(await chain.send(SIGNED)).toMatchObject({
      accepted: false,
      code: code === "unknown" ? "UNREADABLE" : "UNREACHABLE",
    });
  });
}

test("{} is unknown, except that a receipt is not there", async () => {
  await using server = await startServer(json({}));
  const chain = connect(server.url);
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const expected =
      name === "receipt" ? { ok: true, value: null } : { ok: false, code: "unknown" };
    expect({ name, answer: await question(chain) }).toMatchObject({ name, answer: expected });
  }
  expect(await chain.send(SIGNED)).toMatchObject({ accepted: false, code: "UNREADABLE" });
});

test("nobody listening is unreachable", async () => {
  const server = await startServer(json({}));
  await server[Symbol.asyncDispose]();
  const chain = connect(server.url);
  expect(await chain.head()).toMatchObject({ ok: false, code: "unreachable" });
  expect(await chain.send(SIGNED)).toMatchObject({ accepted: false, code: "UNREACHABLE" });
});

test("a redirect is not followed, so the API key stays where it belongs", async () => {
  await using elsewhere = await startServer(json({}));
  await using server = await startServer(
    raw(307, { location: `${elsewhere.url}/wallet/getnowblock` }, ""),
  );
  const endpoint = { full: server.url, solidity: server.url, apiKey: "secret" };
  await createChain(localProfile(), endpoint).head();
  expect(server.requests).toHaveLength(1);
  expect(elsewhere.requests).toEqual([]);
});

function connect(url: string, timeoutMs = 10_000): ChainPort {
  const endpoint = { full: url, solidity: url, jsonrpc: `${url}/jsonrpc` };
  return createChain(localProfile(url), endpoint, { timeoutMs, maxAnswerBytes: 200_000 });
}
