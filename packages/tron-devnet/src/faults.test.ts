import { expect, test } from "vitest";
import { addressOfKey } from "@lucid/protocol";
import { get, post, RECIPIENT, startNetwork, USDT, valueOf } from "./testing/network.ts";

const OTHER = addressOfKey("44".repeat(32));

test("answer lost: accepted and included, but the sender hears nothing", async () => {
  await using network = await startNetwork();
  const { chain, devnet } = network;
  devnet.fault({ kind: "answer_lost" });
  const lost = await network.pay();
  expect(lost.answer).toMatchObject({ accepted: false, code: "UNREACHABLE" });
  expect(await chain.send(lost.signed)).toMatchObject({ code: "DUP_TRANSACTION_ERROR" });
  devnet.solidify();
  expect(await valueOf(chain.receipt(lost.txid))).toMatchObject({ result: "SUCCESS" });
  expect(devnet.transfers()).toHaveLength(1);
  expect((await network.pay({ amountMicro: 2n })).answer.accepted).toBe(true);
});

test("never included: answered with success and in no block, and the next attempt works", async () => {
  await using network = await startNetwork();
  const { chain, devnet } = network;
  devnet.fault({ kind: "never_included" });
  const never = await network.pay();
  expect(never.answer.accepted).toBe(true);
  devnet.mine(100);
  expect(await valueOf(chain.receipt(never.txid))).toBeNull();
  const blocks = await valueOf(chain.solidBlocks(0, 80));
  expect(blocks.flatMap(({ txids }) => txids)).toEqual([]);
  expect(blocks.at(-1)?.timestampMs).toBeGreaterThan(devnet.blocks()[0]?.timestampMs ?? 0);
  await network.pay();
  devnet.mine(1);
  expect(devnet.transfers()).toHaveLength(1);
});

test("reverted: in a block with REVERT, charged, without a log", async () => {
  await using network = await startNetwork();
  const { chain, devnet } = network;
  devnet.fault({ kind: "reverted" });
  const { txid, answer } = await network.pay();
  expect(answer.accepted).toBe(true);
  devnet.solidify();
  const receipt = await valueOf(chain.receipt(txid));
  expect(receipt).toMatchObject({ result: "REVERT", transfers: [] });
  expect(receipt?.feeSun).toBeGreaterThan(0n);
  expect(devnet.transfers()).toEqual([]);
  expect(await post(`${devnet.url}/wallet/gettransactioninfobyid`, { value: txid })).toMatchObject({
    result: "FAILED",
    resMessage: Buffer.from("REVERT opcode executed").toString("hex"),
  });
});

test("a fault for the next n transactions ends after them; kinds add up", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  devnet.fault({ kind: "reverted", next: 2 });
  devnet.fault({ kind: "answer_lost", next: 1 });
  const answers = [];
  for (const amountMicro of [1n, 2n, 3n])
    answers.push((await network.pay({ amountMicro })).answer.code);
  expect(answers).toEqual(["UNREACHABLE", null, null]);
  devnet.mine(1);
  expect(devnet.transfers().map(({ amountMicro }) => amountMicro)).toEqual([3n]);
  expect(devnet.faults).toEqual([]);
});

test("a fault for a recipient hits every transfer to it and nobody else, until it is cleared", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  const faults = `${devnet.url}/devnet/faults`;
  const expected = { kind: "reverted", remaining: null, recipient: OTHER };
  expect(await post(faults, { kind: "reverted", recipient: OTHER })).toEqual(expected);
  for (const amountMicro of [1n, 2n]) await network.pay({ to: OTHER, amountMicro });
  await network.pay({ amountMicro: 3n });
  devnet.mine(1);
  expect(devnet.transfers()).toMatchObject([{ to: RECIPIENT, amountMicro: 3n }]);
  expect(await get(faults)).toEqual([expected]);
  await fetch(faults, { method: "DELETE" });
  await network.pay({ to: OTHER, amountMicro: 4n * USDT });
  devnet.mine(1);
  expect(devnet.transfers()).toMatchObject([{ to: RECIPIENT }, { to: OTHER }]);
});

test("a refused transaction does not use a fault up", async () => {
  await using network = await startNetwork();
  const { signed } = await network.pay();
  network.devnet.fault({ kind: "reverted" });
  await network.chain.send(signed);
  expect(network.devnet.faults).toEqual([{ kind: "reverted", remaining: 1, recipient: null }]);
});

test.each([
  [{ kind: "sabotage" }, "kind must be one of answer_lost, never_included, reverted"],
  [{ kind: "reverted", next: 0 }, "next must be a whole number"],
  [{ kind: "reverted", recipient: "T123" }, "recipient must be a TRON address"],
])("a fault %j is refused with what to write instead", async (fault, sentence) => {
  await using network = await startNetwork();
  const answer = await post(`${network.devnet.url}/devnet/faults`, fault);
  expect(answer).toMatchObject({ error: expect.stringContaining(sentence) as string });
});

test("state and transfers can be read from outside", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  const { txid } = await network.pay();
  const state = `${devnet.url}/devnet/state`;
  expect(await get(state)).toMatchObject({
    genesis_block_id: devnet.genesisBlockId,
    token: devnet.token,
    head: { number: 0 },
    pending: [{ txid, fate: "include" }],
  });
  devnet.mine(1);
  expect(await get(state)).toMatchObject({ head: { number: 1 }, pending: [] });
  expect(await get(`${devnet.url}/devnet/transfers`)).toMatchObject([
    { txid, amountMicro: "10000000" },
  ]);
});
