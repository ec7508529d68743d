import { expect, test } from "vitest";
import { createLocalSigner } from "@lucid/tron";
import { fromHex, toHex } from "./bytes.ts";
import { encodeRaw, encodeSigned, parseTransaction } from "./chain/transaction.ts";
import type { RawFields, Transaction } from "./chain/transaction.ts";
import { signHash } from "./chain/signatures.ts";
import { sha256 } from "./bytes.ts";
import { post, startNetwork, STRANGER_KEY, TRX, WALLET, WALLET_KEY } from "./testing/network.ts";
import type { TestNetwork } from "./testing/network.ts";

/** A transfer like the port's with raw fields of another kind, signed by any key. */
async function craft(
  network: TestNetwork,
  changes: Partial<RawFields>,
  keyHex = WALLET_KEY,
): Promise<string> {
  const { signed } = await sign(network);
  const { raw, call } = parseTransaction(fromHex(signed));
  if (call === null) throw new Error("not a call");
  const rawBytes = encodeRaw({
    call,
    permissionId: 0,
    refBlockBytes: toHex(raw.ref_block_bytes),
    refBlockHash: toHex(raw.ref_block_hash),
    expirationMs: Number(raw.expiration),
    timestampMs: Number(raw.timestamp),
    feeLimitSun: BigInt(raw.fee_limit),
    memo: "",
    ...changes,
  });
  return toHex(encodeSigned(rawBytes, [signHash(sha256(rawBytes), fromHex(keyHex))]));
}

async function sign(network: TestNetwork): Promise<{ signed: string; transaction: Transaction }> {
  const signed = network.signer.sign(await network.transfer());
  return { signed, transaction: parseTransaction(fromHex(signed)) };
}

const callOf = async (network: TestNetwork) => {
  const { call } = (await sign(network)).transaction;
  if (call === null) throw new Error("not a call");
  return call;
};

const CASES: [string, string, (network: TestNetwork) => Promise<string>][] = [
  ["another key", "SIGERROR", (network) => craft(network, {}, STRANGER_KEY)],
  ["a permission that is not there", "SIGERROR", (network) => craft(network, { permissionId: 2 })],
  [
    "a broken signature",
    "SIGERROR",
    async (network) => `${(await sign(network)).signed.slice(0, -130)}${"ff".repeat(65)}`,
  ],
  [
    "no signature",
    "SIGERROR",
    async (network) => toHex(encodeSigned((await sign(network)).transaction.rawBytes, [])),
  ],
  [
    "the hash of another block",
    "TAPOS_ERROR",
    (network) => craft(network, { refBlockHash: "00".repeat(8) }),
  ],
  [
    "a block that is not there yet",
    "TAPOS_ERROR",
    (network) => craft(network, { refBlockBytes: "0bb8" }),
  ],
  [
    "an expiration that has passed",
    "TRANSACTION_EXPIRATION_ERROR",
    (network) => craft(network, { expirationMs: network.devnet.head().timestampMs }),
  ],
  [
    "an expiration more than a day ahead",
    "TRANSACTION_EXPIRATION_ERROR",
    (network) => craft(network, { expirationMs: network.devnet.head().timestampMs + 86_400_001 }),
  ],
  [
    "too many bytes",
    "TOO_BIG_TRANSACTION_ERROR",
    (network) => craft(network, { memo: "ab".repeat(600_000) }),
  ],
  [
    "another contract",
    "CONTRACT_VALIDATE_ERROR",
    async (network) =>
      craft(network, { call: { ...(await callOf(network)), contract: `41${"77".repeat(20)}` } }),
  ],
  [
    "a fee limit above the chain's",
    "CONTRACT_VALIDATE_ERROR",
    (network) => craft(network, { feeLimitSun: 15_000_000_001n }),
  ],
  [
    "a call value",
    "CONTRACT_VALIDATE_ERROR",
    async (network) => craft(network, { call: { ...(await callOf(network)), callValueSun: 1n } }),
  ],
];

test.each(CASES)(
  "%s is refused with %s, and the same again is a duplicate",
  async (_, code, make) => {
    await using network = await startNetwork();
    const hex = await make(network);
    expect(await network.chain.send(hex)).toMatchObject({ accepted: false, code });
    expect(await network.chain.send(hex)).toMatchObject({
      accepted: false,
      code: "DUP_TRANSACTION_ERROR",
    });
    network.devnet.mine(1);
    expect(network.devnet.blocks()[1]?.txids).toEqual([]);
  },
);

test("an expiration of exactly a day is accepted", async () => {
  await using network = await startNetwork();
  const hex = await craft(network, {
    expirationMs: network.devnet.head().timestampMs + 86_400_000,
  });
  expect(await network.chain.send(hex)).toMatchObject({ accepted: true });
});

test("a sender without TRX for bandwidth is refused", async () => {
  await using network = await startNetwork({
    accounts: [{ address: WALLET, trxSun: 100n, usdtMicro: TRX }],
  });
  expect((await network.pay({ amountMicro: 1n, feeLimitSun: 1n })).answer).toMatchObject({
    accepted: true,
  });
  network.devnet.mine(1);
  expect((await network.pay({ amountMicro: 2n })).answer).toMatchObject({
    accepted: false,
    code: "BANDWITH_ERROR",
  });
});

test("what is pending or in a block is a duplicate", async () => {
  await using network = await startNetwork();
  const { signed, answer } = await network.pay();
  expect(answer.accepted).toBe(true);
  for (const blocks of [0, 1, 25]) {
    network.devnet.mine(blocks);
    expect(await network.chain.send(signed)).toMatchObject({ code: "DUP_TRANSACTION_ERROR" });
  }
  expect(network.devnet.transfers()).toHaveLength(1);
});

test("an accepted transaction whose time passes enters no block", async () => {
  await using network = await startNetwork();
  const soon = network.devnet.head().timestampMs + 1;
  const accepted = await network.pay({ expirationMs: soon + 100_000 });
  network.devnet.fault({ kind: "never_included" });
  const never = await network.pay({ expirationMs: soon + 5000, amountMicro: 3n });
  expect([accepted.answer.accepted, never.answer.accepted]).toEqual([true, true]);
  network.devnet.mine(40);
  expect(network.devnet.transfers()).toHaveLength(1);
  expect(
    await post(`${network.devnet.url}/wallet/gettransactionbyid`, { value: never.txid }),
  ).toEqual({});
});

test("the same transaction in JSON is refused with a message in hex and without result", async () => {
  await using network = await startNetwork();
  const signer = createLocalSigner({ privateKeyHex: WALLET_KEY, profile: network.profile });
  const signed = signer.sign(await network.transfer());
  const url = `${network.devnet.url}/wallet`;
  await post(`${url}/broadcasthex`, { transaction: signed });
  const { txid } = parseTransaction(fromHex(signed));
  const shown = await post(`${url}/gettransactionbyid`, { value: txid });
  expect(await post(`${url}/broadcasttransaction`, shown)).toEqual({
    code: "DUP_TRANSACTION_ERROR",
    txid,
    message: Buffer.from("Dup transaction.").toString("hex"),
  });
});

test.each([
  [
    "no hex",
    { transaction: "zz" },
    { Error: expect.stringContaining("InvalidProtocolBuffer") as string },
  ],
  [
    "no transaction",
    { transaction: "ffffff" },
    { Error: expect.stringContaining("InvalidProtocolBuffer") as string },
  ],
  ["nothing at all", {}, { result: false, code: "CONTRACT_VALIDATE_ERROR" }],
])("bytes that are %s are answered with status 200", async (_, body, expected) => {
  await using network = await startNetwork();
  const url = `${network.devnet.url}/wallet/broadcasthex`;
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject(expected);
});
