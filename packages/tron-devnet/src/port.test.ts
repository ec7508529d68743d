import protobuf from "protobufjs";
import { expect, test } from "vitest";
import { createHash } from "node:crypto";
import { parseAddress } from "@lucid/protocol";
import { RECIPIENT, startNetwork, TRX, USDT, valueOf, WALLET } from "./testing/network.ts";

test("the port pays: built, signed, sent, solidified, found again", async () => {
  await using network = await startNetwork();
  const { chain, devnet } = network;
  expect(await valueOf(chain.genesisBlockId())).toBe(devnet.genesisBlockId);
  const { txid, answer } = await network.pay();
  expect(answer).toEqual({ accepted: true, code: null, message: null });
  devnet.mine(1);
  expect(await valueOf(chain.receipt(txid))).toBeNull();
  devnet.solidify();

  const log = {
    txid,
    blockNumber: 1,
    token: devnet.token,
    from: WALLET,
    to: RECIPIENT,
    amountMicro: 10n * USDT,
  };
  expect(await valueOf(chain.receipt(txid))).toEqual({
    txid,
    blockNumber: 1,
    blockTimestampMs: devnet.blocks()[1]?.timestampMs,
    result: "SUCCESS",
    feeSun: 13_028_500n,
    energyUsed: 130_285n,
    transfers: [log],
  });
  expect(await valueOf(chain.transfersOut(WALLET, 0, 10))).toEqual([log]);
  expect(await valueOf(chain.transfersOut(WALLET, 2, 12_000))).toEqual([]);
  expect(await valueOf(chain.transfersIn(RECIPIENT, 0, 10))).toEqual([log]);
  expect(await valueOf(chain.transfersIn(WALLET, 0, 10))).toEqual([]);
  expect(await valueOf(chain.balances(WALLET))).toEqual({
    trxSun: 1000n * TRX - 13_028_500n,
    tokenMicro: 4990n * USDT,
  });
  expect(await valueOf(chain.resources(WALLET))).toEqual({ energy: 0n, bandwidth: 255n });
});

test("an account history lists what is solidified in a span of time, page by page", async () => {
  const accounts = [{ address: WALLET, trxSun: 100_000n * TRX, usdtMicro: USDT }];
  await using network = await startNetwork({ accounts });
  const { chain, devnet } = network;
  const txids: string[] = [];
  for (let n = 1n; n <= 250n; n++) {
    const { txid } = await network.pay({ amountMicro: n, to: RECIPIENT });
    txids.push(txid);
    if (n % 50n === 0n) devnet.mine(1);
  }
  const history = (fromMs: number, toMs: number) =>
    valueOf(chain.historyOut?.(WALLET, fromMs, toMs) ?? Promise.reject(new Error("no history")));
  expect(await history(0, Number.MAX_SAFE_INTEGER)).toEqual([]);
  devnet.solidify();
  const all = await history(0, Number.MAX_SAFE_INTEGER);
  expect(all.map(({ txid }) => txid)).toEqual(txids);
  expect(all[1]).toMatchObject({ from: WALLET, to: RECIPIENT, amountMicro: 2n });
  const secondMs = devnet.blocks()[2]?.timestampMs ?? 0;
  expect(await history(secondMs, secondMs)).toHaveLength(50);
});

test("balances are those of the solidified block", async () => {
  await using network = await startNetwork();
  await network.pay();
  network.devnet.mine(1);
  expect(await valueOf(network.chain.balances(WALLET))).toEqual({
    trxSun: 1000n * TRX,
    tokenMicro: 5000n * USDT,
  });
});

test("an account without TRX is unknown, not empty", async () => {
  await using network = await startNetwork();
  expect(await network.chain.balances(RECIPIENT)).toMatchObject({ ok: false, code: "unknown" });
});

test("solidified blocks come gapless with their transactions, and not beyond the solidified height", async () => {
  await using network = await startNetwork();
  const { chain, devnet } = network;
  const { txid } = await network.pay();
  devnet.mine(60);
  const blocks = await valueOf(chain.solidBlocks(0, 42));
  expect(blocks.map(({ number }) => number)).toEqual(
    Array.from({ length: 42 }, (_, number) => number),
  );
  expect(blocks[1]?.txids).toEqual([txid]);
  expect((await valueOf(chain.solidHead())).number).toBe(41);
  expect(await chain.solidBlocks(40, 43)).toMatchObject({ ok: false, code: "unknown" });
});

test("the estimate is what the transfer then uses", async () => {
  await using network = await startNetwork();
  const { chain, devnet } = network;
  const estimate = () => valueOf(chain.estimateEnergy(WALLET, RECIPIENT, USDT));
  for (const energy of [130_285n, 64_285n]) {
    expect(await estimate()).toEqual({ energy });
    const { txid } = await network.pay();
    devnet.solidify();
    expect(await valueOf(chain.receipt(txid))).toMatchObject({ energyUsed: energy });
  }
  expect(await chain.estimateEnergy(WALLET, RECIPIENT, 10_000n * USDT)).toMatchObject({
    ok: false,
    code: "unknown",
  });
});

test("the token's switches are seen at once", async () => {
  await using network = await startNetwork();
  const { chain, devnet } = network;
  const calm = { paused: false, deprecated: false, feeBasisPoints: 0, walletBlacklisted: false };
  expect(await valueOf(chain.tokenState(WALLET))).toEqual(calm);
  devnet.setToken({ paused: true });
  devnet.setToken({ deprecated: true, basisPointsRate: 10, blacklist: [WALLET] });
  expect(await valueOf(chain.tokenState(WALLET))).toEqual({
    paused: true,
    deprecated: true,
    feeBasisPoints: 10,
    walletBlacklisted: true,
  });
});

test("prices are the chain's parameters", async () => {
  await using network = await startNetwork();
  expect(await valueOf(network.chain.prices())).toEqual({
    energySun: 100n,
    bandwidthSun: 1000n,
    maxFeeLimitSun: 15_000_000_000n,
  });
});

/** java-tron's messages once more, written down here from its .proto files, for an encoder that is neither TronWeb's nor the port's. */
const { root } = protobuf.parse(
  `syntax = "proto3";
   message Any { string type_url = 1; bytes value = 2; }
   message Contract { int32 type = 1; Any parameter = 2; }
   message Raw { bytes a = 1; bytes b = 4; int64 expiration = 8; repeated Contract contract = 11; int64 timestamp = 14; int64 fee_limit = 18; }
   message Trigger { bytes owner = 1; bytes contract = 2; bytes data = 4; }`,
  { keepCase: true },
);

test("a USDT transfer has the bytes and the id that an independent encoder gives it", async () => {
  await using network = await startNetwork();
  const unsigned = await network.transfer();
  const encode = (type: string, fields: object) => {
    const message = root.lookupType(type);
    return message.encode(message.fromObject(fields)).finish();
  };
  const amount = unsigned.amountMicro.toString(16).padStart(64, "0");
  const recipient = Buffer.from(parseAddress(RECIPIENT)).toString("hex").slice(2).padStart(64, "0");
  const value = encode("Trigger", {
    owner: parseAddress(WALLET),
    contract: parseAddress(network.devnet.token),
    data: Buffer.from(`a9059cbb${recipient}${amount}`, "hex"),
  });
  const raw = encode("Raw", {
    a: Buffer.from("0000", "hex"),
    b: Buffer.from(network.devnet.genesisBlockId.slice(16, 32), "hex"),
    expiration: unsigned.expirationMs,
    contract: [
      {
        type: 31,
        parameter: { type_url: "type.googleapis.com/protocol.TriggerSmartContract", value },
      },
    ],
    timestamp: unsigned.timestampMs,
    fee_limit: 50_000_000,
  });
  expect(unsigned.rawDataHex).toBe(Buffer.from(raw).toString("hex"));
  expect(unsigned.txid).toBe(createHash("sha256").update(raw).digest("hex"));
  expect(network.signer.sign(unsigned)).toHaveLength(2 * 281);
});
