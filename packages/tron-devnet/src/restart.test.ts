import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addressOfKey } from "@lucid/protocol";
import { startNetwork, TRX, USDT, valueOf, WALLET } from "./testing/network.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "devnet-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

test("a second start continues the same chain, with what was pending", async () => {
  const first = await startNetwork({ dir });
  await first.pay({ amountMicro: 1n });
  first.devnet.mine(5);
  const pending = await first.pay({ amountMicro: 2n });
  const before = { blocks: first.devnet.blocks(), token: first.devnet.token };
  await first[Symbol.asyncDispose]();

  await using second = await startNetwork({ dir });
  expect(second.devnet.genesisBlockId).toBe(before.blocks[0]?.id);
  expect({ blocks: second.devnet.blocks(), token: second.devnet.token }).toEqual(before);
  expect(await second.chain.send(pending.signed)).toMatchObject({ code: "DUP_TRANSACTION_ERROR" });
  second.devnet.solidify();
  expect(second.devnet.transfers().map(({ amountMicro }) => amountMicro)).toEqual([1n, 2n]);
  expect(await valueOf(second.chain.solidBlocks(0, 7))).toHaveLength(7);
});

test("what is never to be included stays out after a restart", async () => {
  const first = await startNetwork({ dir });
  first.devnet.fault({ kind: "never_included" });
  const { txid } = await first.pay();
  await first[Symbol.asyncDispose]();
  await using second = await startNetwork({ dir });
  second.devnet.mine(30);
  expect(await valueOf(second.chain.receipt(txid))).toBeNull();
  expect(second.devnet.transfers()).toEqual([]);
});

test("a second start funds accounts that are new to the chain and leaves the others alone", async () => {
  const first = await startNetwork({ dir });
  await first.pay();
  first.devnet.mine(1);
  await first[Symbol.asyncDispose]();
  const newcomer = addressOfKey("55".repeat(32));
  const accounts = [WALLET, newcomer].map((address) => ({
    address,
    trxSun: 7n * TRX,
    usdtMicro: 8n * USDT,
  }));
  await using second = await startNetwork({ dir, accounts });
  second.devnet.solidify();
  expect(await valueOf(second.chain.balances(newcomer))).toEqual({
    trxSun: 7n * TRX,
    tokenMicro: 8n * USDT,
  });
  expect(await valueOf(second.chain.balances(WALLET))).toMatchObject({ tokenMicro: 4990n * USDT });
});

test("every new chain is another chain", async () => {
  await using one = await startNetwork();
  await using other = await startNetwork();
  expect(one.devnet.genesisBlockId).not.toBe(other.devnet.genesisBlockId);
  expect(one.devnet.token).not.toBe(other.devnet.token);
  expect(await other.chain.send((await one.pay()).signed)).toMatchObject({
    accepted: false,
    code: "TAPOS_ERROR",
  });
});

test("one folder serves one devnet at a time", async () => {
  await using first = await startNetwork({ dir });
  await expect(startNetwork({ dir })).rejects.toThrow(/in use by another devnet/);
  expect(first.devnet.head().number).toBe(0);
});
