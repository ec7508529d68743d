import { expect, test } from "vitest";
import { RECIPIENT, startNetwork, TRX, USDT, valueOf, WALLET } from "./testing/network.ts";
import type { TestNetwork } from "./testing/network.ts";

const receiptOf = async ({ chain, devnet }: TestNetwork, txid: string) => {
  devnet.solidify();
  return await valueOf(chain.receipt(txid));
};

test("too low a fee limit runs out of energy, costs the limit and moves nothing", async () => {
  await using network = await startNetwork();
  const { txid } = await network.pay({ feeLimitSun: 10n * TRX });
  expect(await receiptOf(network, txid)).toMatchObject({
    result: "OUT_OF_ENERGY",
    feeSun: 10n * TRX,
    energyUsed: 100_000n,
    transfers: [],
  });
  expect(network.devnet.transfers()).toEqual([]);
});

test("too little TRX runs out of energy although the limit is high", async () => {
  const accounts = [{ address: WALLET, trxSun: 2n * TRX, usdtMicro: 50n * USDT }];
  await using network = await startNetwork({ accounts });
  const { txid } = await network.pay();
  expect(await receiptOf(network, txid)).toMatchObject({
    result: "OUT_OF_ENERGY",
    feeSun: 2n * TRX,
  });
});

test("staked energy is used before TRX is burned, and the fee limit counts it", async () => {
  const accounts = [
    { address: WALLET, trxSun: 100n * TRX, usdtMicro: 50n * USDT, energyLimit: 130_000 },
  ];
  await using network = await startNetwork({ accounts });
  const { txid } = await network.pay();
  expect(await receiptOf(network, txid)).toMatchObject({ result: "SUCCESS", feeSun: 28_500n });
  expect(await valueOf(network.chain.resources(WALLET))).toMatchObject({
    energy: expect.any(BigInt) as bigint,
  });
});

test("free bandwidth pays for one transfer a day, then TRX is burned", async () => {
  await using network = await startNetwork();
  const first = await network.pay({ amountMicro: USDT });
  const second = await network.pay({ amountMicro: 2n * USDT });
  expect(await receiptOf(network, first.txid)).toMatchObject({ feeSun: 13_028_500n });
  expect(await receiptOf(network, second.txid)).toMatchObject({ feeSun: 6_428_500n + 345_000n });
});

test("a transfer of more than there is reverts", async () => {
  await using network = await startNetwork();
  const { txid } = await network.pay({ amountMicro: 5001n * USDT });
  expect(await receiptOf(network, txid)).toMatchObject({ result: "REVERT", transfers: [] });
});

test.each([
  ["paused", { paused: true }],
  ["with the sender frozen", { blacklist: [WALLET] }],
])("a token %s reverts transfers", async (_, change) => {
  await using network = await startNetwork();
  network.devnet.setToken(change);
  const { txid } = await network.pay();
  expect(await receiptOf(network, txid)).toMatchObject({ result: "REVERT", transfers: [] });
});

test("recipients are not looked up in the blacklist", async () => {
  await using network = await startNetwork();
  network.devnet.setToken({ blacklist: [RECIPIENT] });
  const { txid } = await network.pay();
  expect(await receiptOf(network, txid)).toMatchObject({ result: "SUCCESS" });
});

test("the token's own fee makes a second log and arrives short", async () => {
  await using network = await startNetwork();
  network.devnet.setToken({ basisPointsRate: 100 });
  const { txid } = await network.pay();
  const receipt = await receiptOf(network, txid);
  expect(receipt?.transfers.map(({ amountMicro }) => amountMicro)).toEqual([9_900_000n, 100_000n]);
  expect(receipt?.transfers[0]).toMatchObject({ to: RECIPIENT });
});
