import { expect, test } from "vitest";
import type { ChainPort } from "../port.ts";
import { createLocalSigner } from "../signer.ts";
import { json, startServer } from "../testing/server.ts";
import { localProfile, makeTransfer, TOKEN, WALLET, WALLET_KEY } from "../testing/transfers.ts";
import { createChain } from "./index.ts";
import { hexAddress } from "./transfers.ts";

const TXID = "ab".repeat(32);
const idOf = (number: number) => number.toString(16).padStart(16, "0") + "cd".repeat(24);
const block = (number: number, parentHash = idOf(number - 1)) => ({
  blockID: idOf(number),
  block_header: { raw_data: { number, timestamp: number * 3000, parentHash } },
});

async function ask(
  answer: unknown,
  question: (chain: ChainPort) => Promise<unknown>,
): Promise<unknown> {
  await using server = await startServer(json(answer));
  const endpoint = { full: server.url, solidity: server.url, jsonrpc: `${server.url}/jsonrpc` };
  return await question(createChain(localProfile(), endpoint));
}

const unknown = { ok: false, code: "unknown" };

test.each([
  ["too few blocks", [block(5), block(6)]],
  ["a gap", [block(5), block(6), block(8)]],
  ["another order", [block(6), block(5), block(7)]],
  ["a parent that is another block", [block(5), block(6, idOf(4)), block(7)]],
  ["an id that names another number", [block(5), { ...block(6), blockID: idOf(9) }, block(7)]],
])("%s in a range is unknown", async (_, blocks) => {
  expect(await ask({ block: blocks }, (chain) => chain.solidBlocks(5, 8))).toMatchObject(unknown);
});

test("a range that links is known, and more than 100 blocks are not asked for", async () => {
  const blocks = [block(5), block(6), block(7)];
  expect(await ask({ block: blocks }, (chain) => chain.solidBlocks(5, 8))).toMatchObject({
    ok: true,
  });
  expect(await ask({ block: blocks }, (chain) => chain.solidBlocks(5, 106))).toMatchObject(unknown);
});

test("the genesis block must be block 0", async () => {
  expect(await ask(block(1), (chain) => chain.genesisBlockId())).toMatchObject(unknown);
});

test("a receipt for another transaction is unknown", async () => {
  const receipt = {
    id: "cd".repeat(32),
    blockNumber: 5,
    blockTimeStamp: 9,
    receipt: { result: "SUCCESS" },
  };
  expect(await ask(receipt, (chain) => chain.receipt(TXID))).toMatchObject(unknown);
  expect(await ask({ ...receipt, id: TXID }, (chain) => chain.receipt(TXID))).toMatchObject({
    ok: true,
  });
});

test("a receipt without its block is unknown", async () => {
  const receipt = { id: TXID, receipt: { result: "SUCCESS" } };
  expect(await ask(receipt, (chain) => chain.receipt(TXID))).toMatchObject(unknown);
});

test("the account of somebody else is unknown", async () => {
  const answer = { address: hexAddress(TOKEN), balance: 5 };
  expect(await ask(answer, (chain) => chain.balances(WALLET))).toMatchObject(unknown);
});

test.each([
  [
    "reverts",
    {
      result: { result: true, message: Buffer.from("REVERT").toString("hex") },
      constant_result: [""],
    },
    /REVERT/,
  ],
  [
    "does not run",
    { result: { code: "CONTRACT_VALIDATE_ERROR" }, constant_result: [] },
    /simulation/,
  ],
  ["reports no energy", { result: { result: true }, constant_result: [""] }, /energy_used/],
])("a simulation that %s is unknown", async (_, answer, reason) => {
  const question = (chain: ChainPort) => chain.estimateEnergy(WALLET, TOKEN, 5n);
  expect(await ask(answer, question)).toMatchObject({
    ...unknown,
    reason: expect.stringMatching(reason) as string,
  });
});

test("prices need every value", async () => {
  const parameter = (key: string, value?: number) =>
    value === undefined ? { key } : { key, value };
  const three = [
    parameter("getEnergyFee", 100),
    parameter("getTransactionFee", 1000),
    parameter("getMaxFeeLimit", 5),
  ];
  const prices = (chain: ChainPort) => chain.prices();
  expect(await ask({ chainParameter: three }, prices)).toEqual({
    ok: true,
    value: { energySun: 100n, bandwidthSun: 1000n, maxFeeLimitSun: 5n },
  });
  expect(await ask({ chainParameter: three.slice(1) }, prices)).toMatchObject(unknown);
  expect(await ask({ chainParameter: [] }, prices)).toMatchObject(unknown);
  expect(
    await ask({ chainParameter: [parameter("getEnergyFee"), ...three.slice(1)] }, prices),
  ).toMatchObject(unknown);
});

test("a log that was not asked for makes the list unknown", async () => {
  const log = {
    address: `0x${hexAddress(TOKEN).slice(2)}`,
    blockNumber: "0x63",
    transactionHash: `0x${TXID}`,
    topics: [],
    data: "0x",
  };
  expect(await ask({ result: [log] }, (chain) => chain.transfersOut(WALLET, 0, 10))).toMatchObject(
    unknown,
  );
  expect(
    await ask({ error: { code: -32602 } }, (chain) => chain.transfersOut(WALLET, 0, 10)),
  ).toMatchObject(unknown);
});

const entry = {
  transaction_id: TXID,
  token_info: { address: TOKEN },
  block_timestamp: 9,
  from: WALLET,
  to: TOKEN,
  type: "Transfer",
  value: "5",
};
const history = (chain: ChainPort) =>
  chain.historyOut?.(WALLET, 5, 10) ?? Promise.reject(new Error("no history"));

async function askHistory(answer: unknown): Promise<unknown> {
  await using server = await startServer(json(answer));
  const endpoint = { full: server.url, solidity: server.url, history: server.url };
  return await history(createChain(localProfile(), endpoint));
}

test("an account history tells transfers of the wallet in the span that was asked for", async () => {
  const transfer = { txid: TXID, token: TOKEN, from: WALLET, to: TOKEN, amountMicro: 5n };
  expect(await askHistory({ success: true, data: [entry], meta: {} })).toEqual({
    ok: true,
    value: [{ ...transfer, timestampMs: 9 }],
  });
});

test.each([
  ["nothing", {}],
  ["a page", "<html></html>"],
  ["a failure", { success: false, error: "limit" }],
  ["an approval", { success: true, data: [{ ...entry, type: "Approval" }], meta: {} }],
  ["another sender", { success: true, data: [{ ...entry, from: TOKEN }], meta: {} }],
  [
    "another token",
    { success: true, data: [{ ...entry, token_info: { address: WALLET } }], meta: {} },
  ],
  ["another time", { success: true, data: [{ ...entry, block_timestamp: 11 }], meta: {} }],
  ["an amount in hex", { success: true, data: [{ ...entry, value: "0x5" }], meta: {} }],
  ["the same page for ever", { success: true, data: [entry], meta: { fingerprint: "a" } }],
])("an account history that answers %s is unknown", async (_, answer) => {
  expect(await askHistory(answer)).toMatchObject(unknown);
});

test("without a jsonrpc endpoint logs are unknown", async () => {
  const chain = createChain(localProfile(), {
    full: "http://127.0.0.1:9",
    solidity: "http://127.0.0.1:9",
  });
  expect(await chain.transfersOut(WALLET, 0, 10)).toMatchObject({
    ...unknown,
    reason: expect.stringContaining("jsonrpc") as string,
  });
});

const transfer = makeTransfer();
const signed = createLocalSigner({ privateKeyHex: WALLET_KEY, profile: localProfile() }).sign(
  transfer,
);

test.each([
  ["accepts", { result: true, txid: transfer.txid }, { accepted: true, code: null }],
  [
    "accepts another transaction",
    { result: true, txid: TXID },
    { accepted: false, code: "TXID_MISMATCH" },
  ],
  [
    "refuses in hex",
    { code: "SIGERROR", message: "7369", txid: transfer.txid },
    { accepted: false, code: "SIGERROR", message: "si" },
  ],
  [
    "refuses in text",
    { result: false, code: "SERVER_BUSY", message: "busy!", txid: transfer.txid },
    { code: "SERVER_BUSY", message: "busy!" },
  ],
  ["says neither", { txid: transfer.txid }, { accepted: false, code: "UNREADABLE" }],
])("a node that %s", async (_, answer, expected) => {
  expect(await ask(answer, (chain) => chain.send(signed))).toMatchObject(expected);
});

test("bytes that are no transaction are not sent", async () => {
  await using server = await startServer(json({ result: true, txid: TXID }));
  const chain = createChain(localProfile(), { full: server.url, solidity: server.url });
  expect(await chain.send("not hex")).toMatchObject({ accepted: false, code: "MALFORMED" });
  expect(await chain.send("ffff")).toMatchObject({ accepted: false, code: "MALFORMED" });
  expect(server.requests).toEqual([]);
});

test("exactly the signed bytes are sent", async () => {
  await using server = await startServer(json({ result: true, txid: transfer.txid }));
  await createChain(localProfile(), { full: server.url, solidity: server.url }).send(signed);
  expect(server.requests).toEqual([
    { path: "/wallet/broadcasthex", body: JSON.stringify({ transaction: signed }) },
  ]);
});

const ZERO = "0".repeat(64);
const OTHER = `41${"ab".repeat(20)}`;
const keysOf = (threshold: number, ...keys: [address: string, weight: number][]) => ({
  address: hexAddress(WALLET),
  owner_permission: { threshold, keys: keys.map(([address, weight]) => ({ address, weight })) },
});

test.each([
  ["one that is not there yet", {}, false],
  ["one that was never changed", { address: hexAddress(WALLET) }, false],
  ["its own key alone", keysOf(1, [hexAddress(WALLET), 1]), false],
  ["its own key beside another", keysOf(2, [OTHER, 1], [hexAddress(WALLET), 2]), false],
  ["its own key, which needs another", keysOf(2, [OTHER, 1], [hexAddress(WALLET), 1]), true],
  ["another key", keysOf(1, [OTHER, 1]), true],
])("an account's key is read from its owner permission: %s", async (_, account, keyMoved) => {
  const simulation = { result: { result: true }, energy_used: 1, constant_result: [ZERO] };
  await using server = await startServer((request, response) => {
    const isAccount = request.url?.endsWith("getaccount") === true;
    json(isAccount ? account : simulation)(request, response);
  });
  const endpoint = { full: server.url, solidity: server.url };
  const chain = createChain(localProfile(), endpoint);
  expect(await chain.addressState(WALLET)).toEqual({
    ok: true,
    value: { blacklisted: false, keyMoved },
  });
});

test("an account of somebody else is unknown", async () => {
  const answer = { address: OTHER };
  expect(await ask(answer, (chain) => chain.addressState(WALLET))).toMatchObject(unknown);
});
