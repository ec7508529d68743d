import { expect, test } from "vitest";
import { get, post, RECIPIENT, startNetwork, WALLET } from "../testing/network.ts";

test("what the chain does not know is {}", async () => {
  await using network = await startNetwork();
  const { url } = network.devnet;
  for (const side of ["wallet", "walletsolidity"]) {
    expect(await post(`${url}/${side}/getaccount`, { address: RECIPIENT })).toEqual({});
    expect(await post(`${url}/${side}/gettransactionbyid`, { value: "ab".repeat(32) })).toEqual({});
    expect(await post(`${url}/${side}/gettransactioninfobyid`, { value: "ab".repeat(32) })).toEqual(
      {},
    );
    expect(await post(`${url}/${side}/getblockbynum`, { num: 99 })).toEqual({});
    expect(await post(`${url}/${side}/getblockbylimitnext`, { startNum: 5, endNum: 9 })).toEqual(
      {},
    );
    expect(await post(`${url}/${side}/getblockbyid`, { value: "ab".repeat(32) })).toEqual({});
  }
});

test("the solidified side ends 19 blocks behind the head", async () => {
  await using network = await startNetwork();
  const { url } = network.devnet;
  network.devnet.mine(20);
  expect(await post(`${url}/walletsolidity/getblockbynum`, { num: 2 })).toEqual({});
  expect(await get(`${url}/walletsolidity/getblock?id_or_num=1`)).toMatchObject({
    block_header: {},
  });
  expect(
    await post(`${url}/walletsolidity/getblockbylimitnext`, { startNum: 0, endNum: 9 }),
  ).toMatchObject({
    block: [{}, {}],
  });
});

test.each([
  ["broken JSON", "{"],
  ["a list", "[]"],
  ["a wrong number", '{"num":"x"}'],
])("%s is an Error with status 200", async (_, body) => {
  await using network = await startNetwork();
  const response = await fetch(`${network.devnet.url}/wallet/getblockbynum`, {
    method: "POST",
    body,
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    Error: expect.stringMatching(/^class [a-z.A-Z]+ : /) as string,
  });
});

test("an unknown path is a page with status 404", async () => {
  await using network = await startNetwork();
  for (const path of [
    "wallet/nothing",
    "wallet/constructor",
    "walletsolidity/broadcasthex",
    "elsewhere",
  ]) {
    const response = await fetch(`${network.devnet.url}/${path}`);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toContain("text/html");
  }
});

test("an account shows its owner permission", async () => {
  await using network = await startNetwork();
  const account = await post(`${network.devnet.url}/wallet/getaccount`, {
    address: WALLET,
    visible: true,
  });
  expect(account).toMatchObject({ owner_permission: { threshold: 1, keys: [{ weight: 1 }] } });
});

test("JSON-RPC answers log queries by address, topic and range, and refuses what java-tron refuses", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  const { txid } = await network.pay();
  devnet.mine(2);
  const call = (method: string, ...params: unknown[]) =>
    post(`${devnet.url}/jsonrpc`, { jsonrpc: "2.0", id: 7, method, params });
  expect(await call("eth_blockNumber")).toEqual({ jsonrpc: "2.0", id: 7, result: "0x2" });
  expect(await call("eth_chainId")).toMatchObject({
    result: `0x${devnet.genesisBlockId.slice(-8)}`,
  });
  expect(await call("eth_getLogs", { fromBlock: "0x0", toBlock: "latest" })).toMatchObject({
    result: [{ transactionHash: `0x${txid}`, blockNumber: "0x1", logIndex: "0x0", removed: false }],
  });
  expect(await call("eth_getLogs", { fromBlock: "0x2", toBlock: "0x2" })).toMatchObject({
    result: [],
  });
  expect(
    await call("eth_getLogs", { fromBlock: "0x0", address: `0x${"00".repeat(20)}` }),
  ).toMatchObject({ result: [] });
  expect(await call("eth_getLogs", { fromBlock: "0x0", toBlock: "0x1389" })).toMatchObject({
    error: { message: "exceed max block range: 5000" },
  });
  expect(await call("eth_getLogs", { fromBlock: "5" })).toMatchObject({ error: { code: -32602 } });
  expect(await call("eth_sendTransaction")).toMatchObject({ error: { code: -32601 } });
});
