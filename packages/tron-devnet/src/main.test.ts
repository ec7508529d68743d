import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLocalSigner } from "@lucid/tron";
import { createChain } from "@lucid/tron/tronweb";
import { profileOf, RECIPIENT, valueOf, WALLET, WALLET_KEY } from "./testing/network.ts";

type Listening = { event: string; url: string; genesis_block_id: string; token: string };

const PATIENTLY = { timeout: 20_000 };
const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
const started = new Set<ChildProcess>();
let dir = "";

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "devnet-"));
});
afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  started.clear();
  rmSync(dir, { recursive: true, force: true });
});

function run(...argv: string[]): ChildProcess {
  const child = spawn(process.execPath, [MAIN, ...argv], { stdio: ["pipe", "pipe", "pipe"] });
  started.add(child);
  return child;
}

async function firstLine({ stdout }: ChildProcess): Promise<Listening> {
  if (stdout === null) throw new Error("no output");
  const [line] = (await once(createInterface({ input: stdout }), "line")) as [string];
  return JSON.parse(line) as Listening;
}

async function exitOf(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

function toDevnet({ url, genesis_block_id: genesisBlockId, token }: Listening) {
  return { url, genesisBlockId, token };
}

function connect(listening: Listening) {
  const { url } = listening;
  return createChain(profileOf(toDevnet(listening)), { full: url, solidity: url });
}

async function head(listening: Listening) {
  return await valueOf(connect(listening).head());
}

test("says where it listens, makes blocks, funds the account, and stops on SIGTERM", async () => {
  chmodSync(dir, 0o755);
  const child = run("--dir", dir, "--block-ms", "20", "--fund", `${WALLET}:5:6`);
  const listening = await firstLine(child);
  expect(listening).toMatchObject({
    event: "listening",
    url: expect.stringMatching(/^http:\/\/127/) as string,
  });
  await expect.poll(async () => (await head(listening)).number, PATIENTLY).toBeGreaterThan(3);
  expect(await valueOf(connect(listening).balances(WALLET))).toEqual({
    trxSun: 5_000_000n,
    tokenMicro: 6_000_000n,
  });
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(dir)) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600);
  child.kill("SIGTERM");
  expect(await exitOf(child)).toBe(0);
});

test("kill -9 loses no block: the next start continues the chain", async () => {
  const first = run("--dir", dir, "--block-ms", "10");
  const before = await firstLine(first);
  await expect.poll(async () => (await head(before)).number, PATIENTLY).toBeGreaterThan(20);
  const seen = await head(before);
  first.kill("SIGKILL");
  await exitOf(first);

  const after = await firstLine(run("--dir", dir, "--block-ms", "10", "--solid-after", "0"));
  expect(after).toMatchObject({ genesis_block_id: before.genesis_block_id, token: before.token });
  await expect.poll(async () => (await head(after)).number, PATIENTLY).toBeGreaterThan(seen.number);
  const [found] = await valueOf(connect(after).solidBlocks(seen.number, seen.number + 1));
  expect(found).toEqual(seen);
});

test("stops when its parent goes away, if told so", async () => {
  const child = run("--dir", dir, "--exit-with-parent");
  await firstLine(child);
  child.stdin?.end();
  expect(await exitOf(child)).toBe(0);
});

test("an accepted transaction survives kill -9 before it is in a block", async () => {
  const fund = ["--dir", dir, "--fund", WALLET];
  const first = run(...fund, "--block-ms", "60000");
  const before = await firstLine(first);
  const { txid, answer } = await payOn(before);
  expect(answer).toMatchObject({ accepted: true });
  first.kill("SIGKILL");
  await exitOf(first);

  const after = await firstLine(run(...fund, "--block-ms", "20", "--solid-after", "0"));
  const chain = connect(after);
  await expect
    .poll(() => valueOf(chain.receipt(txid)), PATIENTLY)
    .toMatchObject({ result: "SUCCESS" });
});

test("prints its help, and a sentence and code 2 for a mistake", async () => {
  const [help, helpCode] = await outcome(run("--help"), "stdout");
  expect([help.includes("--exit-with-parent"), helpCode]).toEqual([true, 0]);
  const [mistake, mistakeCode] = await outcome(run("--port", "1"), "stderr");
  expect([mistake.includes("--dir is missing"), mistakeCode]).toEqual([true, 2]);
});

async function payOn(listening: Listening) {
  const chain = connect(listening);
  const refBlock = await head(listening);
  const unsigned = await chain.buildTransfer({
    from: WALLET,
    to: RECIPIENT,
    amountMicro: 5n,
    refBlock,
    timestampMs: refBlock.timestampMs,
    expirationMs: refBlock.timestampMs + 3_600_000,
    feeLimitSun: 50_000_000n,
  });
  const profile = profileOf(toDevnet(listening));
  const signer = createLocalSigner({ privateKeyHex: WALLET_KEY, profile });
  return { txid: unsigned.txid, answer: await chain.send(signer.sign(unsigned)) };
}

async function outcome(child: ChildProcess, stream: "stdout" | "stderr") {
  return await Promise.all([textOf(child[stream]), exitOf(child)]);
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = "";
  if (stream !== null) for await (const chunk of stream) text += String(chunk);
  return text;
}
