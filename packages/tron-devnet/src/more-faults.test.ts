import { expect, test } from "vitest";
import { createChain } from "@lucid/tron/tronweb";
import { get, post, profileOf, startNetwork, valueOf, WALLET } from "./testing/network.ts";
import type { TestNetwork } from "./testing/network.ts";

const portOf = ({ devnet }: TestNetwork, node: string) => {
  const url = devnet.nodeUrl(node);
  const profile = profileOf({ ...devnet, url });
  const [endpoint] = profile.endpoints;
  if (endpoint === undefined) throw new Error("no endpoint");
  return createChain(profile, endpoint);
};

test("answer error: accepted, and the sender is told that it was not", async () => {
  await using network = await startNetwork();
  network.devnet.fault({ kind: "answer_error" });
  const { answer, signed } = await network.pay();
  expect(answer).toMatchObject({ accepted: false, code: "OTHER_ERROR" });
  expect(await network.chain.send(signed)).toMatchObject({ code: "DUP_TRANSACTION_ERROR" });
  network.devnet.mine(1);
  expect(network.devnet.transfers()).toHaveLength(1);
});

test("accepted late: pending for some blocks, then included", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  devnet.fault({ kind: "accepted_late", blocks: 3 });
  const { txid } = await network.pay();
  devnet.mine(3);
  expect(devnet.transfers()).toEqual([]);
  devnet.mine(1);
  expect(devnet.transfers()).toMatchObject([{ txid, blockNumber: 4 }]);
});

test("reorganised: in a block, then the block is another one without it; sent again it works", async () => {
  await using network = await startNetwork();
  const { devnet, chain } = network;
  devnet.fault({ kind: "reorganised" });
  const gone = await network.pay();
  const stays = await network.pay({ amountMicro: 2n });
  devnet.mine(2);
  const before = devnet.blocks();
  expect(devnet.transfers().map(({ txid }) => txid)).toEqual([gone.txid, stays.txid]);
  devnet.mine(1);
  const after = devnet.blocks();
  expect(after.slice(0, 1)).toEqual(before.slice(0, 1));
  expect(after[1]).toMatchObject({ number: 1, txids: [stays.txid] });
  expect(after[2]?.id).not.toBe(before[2]?.id);
  expect(after.map(({ timestampMs }) => timestampMs).slice(0, 3)).toEqual(
    before.map(({ timestampMs }) => timestampMs),
  );
  devnet.solidify();
  expect(await valueOf(chain.receipt(gone.txid))).toBeNull();
  expect(await chain.send(gone.signed)).toMatchObject({ accepted: true });
  devnet.solidify();
  expect(await valueOf(chain.receipt(gone.txid))).toMatchObject({ result: "SUCCESS" });
});

test("out of energy: in a block with that result, charged, without a log", async () => {
  await using network = await startNetwork();
  network.devnet.fault({ kind: "out_of_energy" });
  const { txid } = await network.pay();
  network.devnet.solidify();
  const receipt = await valueOf(network.chain.receipt(txid));
  expect(receipt).toMatchObject({ result: "OUT_OF_ENERGY", transfers: [] });
  expect(receipt?.feeSun).toBeGreaterThan(0n);
});

test("fee on: the transfer makes two logs, and the recipient gets less", async () => {
  await using network = await startNetwork();
  network.devnet.fault({ kind: "fee_on" });
  const { txid } = await network.pay({ amountMicro: 10_000_000n });
  network.devnet.solidify();
  const receipt = await valueOf(network.chain.receipt(txid));
  expect(receipt?.transfers.map(({ amountMicro }) => amountMicro)).toEqual([9_990_000n, 10_000n]);
  expect(await valueOf(network.chain.tokenState(WALLET))).toMatchObject({ feeBasisPoints: 10 });
});

test("sender frozen: blacklisted before it is executed, so that it reverts", async () => {
  await using network = await startNetwork();
  network.devnet.fault({ kind: "sender_frozen" });
  const { txid } = await network.pay();
  network.devnet.solidify();
  expect(await valueOf(network.chain.receipt(txid))).toMatchObject({ result: "REVERT" });
  expect(await valueOf(network.chain.tokenState(WALLET))).toMatchObject({
    walletBlacklisted: true,
  });
});

test.each([
  ["down", "unreachable"],
  ["html", "unknown"],
  ["empty_body", "unknown"],
  ["empty_object", "unknown"],
  ["key_refused", "unknown"],
  ["rate_limited", "unreachable"],
] as const)("a node that is %s is %s, and the other node is not", async (kind, code) => {
  await using network = await startNetwork();
  const [a, b] = [portOf(network, "a"), portOf(network, "b")];
  network.devnet.fault({ kind, node: "a" });
  expect(await a.head()).toMatchObject({ ok: false, code });
  expect(await b.head()).toMatchObject({ ok: true });
  network.devnet.clearFaults();
  expect(await a.head()).toMatchObject({ ok: true });
});

test("behind: a node shows the chain of some blocks ago, blocks, balances, receipts and logs alike", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  const { txid } = await network.pay();
  devnet.solidify();
  devnet.fault({ kind: "behind", node: "a", blocks: 1 });
  const [a, b] = [portOf(network, "a"), portOf(network, "b")];
  const heads = await Promise.all([a, b].map(async (port) => (await valueOf(port.head())).number));
  expect(heads).toEqual([19, 20]);
  expect(await valueOf(a.receipt(txid))).toBeNull();
  expect(await valueOf(b.receipt(txid))).toMatchObject({ result: "SUCCESS" });
  expect((await valueOf(a.balances(WALLET))).tokenMicro).toBe(5_000_000_000n);
  expect((await valueOf(b.balances(WALLET))).tokenMicro).toBe(4_990_000_000n);
  devnet.clearFaults();
  devnet.fault({ kind: "behind" });
  expect((await valueOf(b.head())).number).toBe(0);
  expect(await valueOf(b.transfersOut(WALLET, 0, 21))).toEqual([]);
});

test("history off: receipts are {}, blocks still name the transaction", async () => {
  await using network = await startNetwork();
  const { devnet, chain } = network;
  const { txid } = await network.pay();
  devnet.solidify();
  devnet.fault({ kind: "history_off" });
  expect(await post(`${devnet.url}/wallet/gettransactionbyid`, { value: txid })).toEqual({});
  expect(await valueOf(chain.receipt(txid))).toBeNull();
  expect((await valueOf(chain.solidBlocks(0, 2))).flatMap(({ txids }) => txids)).toEqual([txid]);
});

test("denies: a node shows no transaction anywhere, the other does", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  const { txid } = await network.pay();
  devnet.solidify();
  devnet.fault({ kind: "denies", node: "a" });
  const [a, b] = [portOf(network, "a"), portOf(network, "b")];
  expect(await valueOf(a.receipt(txid))).toBeNull();
  expect((await valueOf(a.solidBlocks(0, 2))).flatMap(({ txids }) => txids)).toEqual([]);
  expect(await valueOf(a.transfersOut(WALLET, 0, 2))).toEqual([]);
  expect(await valueOf(b.transfersOut(WALLET, 0, 2))).toMatchObject([{ txid }]);
});

test("clock skew: blocks are dated ahead, and time does not run back when it ends", async () => {
  const clock = { now: () => 1_800_000_000_000 };
  await using network = await startNetwork({ clock, blockMs: 3000 });
  const { devnet } = network;
  devnet.fault({ kind: "clock_skew", ms: 3_600_000 });
  devnet.mine(1);
  expect(devnet.head().timestampMs).toBe(clock.now() + 3_600_000);
  devnet.clearFaults();
  devnet.mine(1);
  expect(devnet.head().timestampMs).toBe(clock.now() + 3_603_000);
});

test.each([
  [{ kind: "behind", blocks: 0 }, "blocks must be a whole number"],
  [{ kind: "html", node: 5 }, "node must be the name of a node"],
  [{ kind: "clock_skew" }, "ms must be whole milliseconds"],
  [{ kind: "down", ms: 5 }, "goes with clock_skew only"],
  [{ kind: "key_moved" }, "key_moved needs the recipient"],
])("a fault %j is refused with what to write instead", async (fault, sentence) => {
  await using network = await startNetwork();
  const faults = `${network.devnet.url}/devnet/faults`;
  expect(await post(faults, fault)).toMatchObject({
    error: expect.stringContaining(sentence) as string,
  });
  expect(await get(faults)).toEqual([]);
});
