import { TronWeb, utils } from "tronweb";
import { expect, test } from "vitest";
import {
  get,
  RECIPIENT,
  startNetwork,
  STRANGER_KEY,
  TRX,
  USDT,
  WALLET,
  WALLET_KEY,
} from "./testing/network.ts";
import type { TestNetwork } from "./testing/network.ts";

/** What TronWeb types as any. */
type ProtobufTransaction = {
  addSignature(signature: Uint8Array): void;
  serializeBinary(): Uint8Array;
};
type Token = {
  methods: Record<
    string,
    (...values: unknown[]) => {
      call(): Promise<unknown>;
      send(options: object): Promise<unknown>;
    }
  >;
};

type WithContracts = { contract(abi: []): { at(address: string): Promise<Token> } };

/** TronWeb as anybody would use it, with nothing changed. */
const connect = ({ devnet }: TestNetwork, privateKey = WALLET_KEY) =>
  new TronWeb({ fullHost: devnet.url, privateKey });

test("a transfer that the node builds is signed, sent, included and shown", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  const tronWeb = connect(network);
  const { transaction, result } = await tronWeb.transactionBuilder.triggerSmartContract(
    devnet.token,
    "transfer(address,uint256)",
    { feeLimit: 50_000_000 },
    [
      { type: "address", value: RECIPIENT },
      { type: "uint256", value: 7_000_000 },
    ],
  );
  expect(result).toEqual({ result: true });
  const signed = await tronWeb.trx.sign(transaction);
  expect(tronWeb.trx.ecRecover(signed)).toBe(WALLET);
  expect(await tronWeb.trx.sendRawTransaction(signed)).toMatchObject({
    result: true,
    txid: transaction.txID,
  });

  expect(await tronWeb.trx.getTransaction(transaction.txID)).toMatchObject({
    txID: transaction.txID,
  });
  devnet.mine(1);
  expect(await tronWeb.trx.getUnconfirmedTransactionInfo(transaction.txID)).toMatchObject({
    id: transaction.txID,
    blockNumber: 1,
    receipt: { result: "SUCCESS", energy_usage_total: 130_285, net_usage: 345 },
  });
  expect(await tronWeb.trx.getTransactionInfo(transaction.txID)).toEqual({});
  await expect(tronWeb.trx.getConfirmedTransaction(transaction.txID)).rejects.toThrow("not found");

  devnet.solidify();
  expect(await tronWeb.trx.getTransactionInfo(transaction.txID)).toMatchObject({
    id: transaction.txID,
  });
  expect(await tronWeb.trx.getConfirmedTransaction(transaction.txID)).toMatchObject({
    ret: [{ contractRet: "SUCCESS" }],
  });
  expect(devnet.transfers()).toEqual([
    { txid: transaction.txID, blockNumber: 1, from: WALLET, to: RECIPIENT, amountMicro: 7n * USDT },
  ]);
});

test("a transfer that TronWeb builds locally is sent as bytes", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  devnet.mine(3);
  const tronWeb = connect(network);
  const { transaction } = await tronWeb.transactionBuilder.triggerSmartContract(
    devnet.token,
    "transfer(address,uint256)",
    { txLocal: true, feeLimit: 50_000_000 },
    [
      { type: "address", value: RECIPIENT },
      { type: "uint256", value: "1000000" },
    ],
  );
  const signed = await tronWeb.trx.sign(transaction);
  const bytes = utils.transaction.txJsonToPb(signed) as ProtobufTransaction;
  bytes.addSignature(Uint8Array.from(Buffer.from(signed.signature[0] ?? "", "hex")));
  const hex = Buffer.from(bytes.serializeBinary()).toString("hex");
  expect(await tronWeb.trx.sendHexTransaction(hex)).toMatchObject({
    result: true,
    code: "SUCCESS",
    txid: transaction.txID,
    transaction: { txID: transaction.txID, raw_data_hex: transaction.raw_data_hex },
  });
  devnet.mine(1);
  const block = await tronWeb.trx.getBlock("latest");
  expect(block.transactions?.map(({ txID }) => txID)).toEqual([transaction.txID]);
  expect(utils.transaction.txCheck(block.transactions?.[0])).toBe(true);
});

test("a contract object reads and writes the token", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  const tronWeb = connect(network) as unknown as WithContracts;
  const { methods } = await tronWeb.contract([]).at(devnet.token);
  const call = (name: string, ...values: unknown[]): Promise<unknown> =>
    methods[name]?.(...values).call() ?? Promise.reject(new Error(name));
  expect(await call("symbol")).toBe("USDT");
  expect(await call("name")).toBe("Tether USD");
  expect(await call("decimals")).toBe(6n);
  expect(await call("paused")).toBe(false);
  expect(await call("balanceOf", WALLET)).toBe(5000n * USDT);
  const txid = await methods["transfer"]?.(RECIPIENT, 5n * USDT).send({
    feeLimit: 50_000_000,
  });
  devnet.mine(1);
  expect(await call("balanceOf", RECIPIENT)).toBe(5n * USDT);
  expect(devnet.transfers()).toMatchObject([{ txid, to: RECIPIENT }]);
});

test("events are listed by transaction, contract and block", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  const { txid } = await network.pay();
  devnet.mine(1);
  const tronWeb = connect(network);
  const event = {
    event_name: "Transfer",
    transaction_id: txid,
    contract_address: devnet.token,
    result: { from: WALLET, to: RECIPIENT, value: "10000000" },
    _unconfirmed: true,
  };
  expect(await tronWeb.event.getEventsByTransactionID(txid)).toMatchObject({ data: [event] });
  expect(await tronWeb.getEventResult(devnet.token, { blockNumber: 1 })).toMatchObject({
    data: [event],
  });
  expect(await tronWeb.getEventResult(devnet.token, { onlyConfirmed: true })).toMatchObject({
    data: [],
  });
  devnet.solidify();
  expect(await tronWeb.getEventResult(devnet.token, { onlyConfirmed: true })).toMatchObject({
    data: [{ transaction_id: txid }],
  });
});

test("accounts, blocks, parameters and the node itself can be read", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  devnet.mine(25);
  const tronWeb = connect(network);
  expect(await tronWeb.trx.getBalance(WALLET)).toBe(Number(1000n * TRX));
  expect(await tronWeb.trx.getAccount(RECIPIENT)).toEqual({});
  expect(await tronWeb.trx.getAccountResources(WALLET)).toMatchObject({ freeNetLimit: 600 });
  expect(await tronWeb.trx.getBlockByNumber(0)).toMatchObject({ blockID: devnet.genesisBlockId });
  expect((await tronWeb.trx.getBlockByNumber(0)).block_header.raw_data).not.toHaveProperty(
    "number",
  );
  expect(await tronWeb.trx.getBlockByHash(devnet.head().id)).toMatchObject({
    blockID: devnet.head().id,
  });
  expect(await tronWeb.trx.getBlockRange(3, 7)).toHaveLength(5);
  expect((await tronWeb.trx.getConfirmedCurrentBlock()).block_header.raw_data.number).toBe(6);
  await expect(tronWeb.trx.getBlockByNumber(26)).rejects.toThrow("Block not found");
  expect(await tronWeb.trx.getChainParameters()).toContainEqual({
    key: "getEnergyFee",
    value: 100,
  });
  expect(await tronWeb.isConnected()).toMatchObject({ fullNode: true, solidityNode: true });
  expect(await tronWeb.trx.getNodeInfo()).toMatchObject({
    configNodeInfo: { codeVersion: "4.8.2" },
  });
  expect(await get(`${devnet.url}/wallet/validateaddress?address=${WALLET}`)).toMatchObject({
    result: true,
  });
});

test("TronWeb reports what the node refuses", async () => {
  await using network = await startNetwork();
  const { devnet } = network;
  const stranger = connect(network, STRANGER_KEY);
  const parameters = [
    { type: "address", value: RECIPIENT },
    { type: "uint256", value: 1 },
  ];
  const { transaction } = await stranger.transactionBuilder.triggerSmartContract(
    devnet.token,
    "transfer(address,uint256)",
    {},
    parameters,
  );
  const answer = await stranger.trx.sendRawTransaction(await stranger.trx.sign(transaction));
  expect(answer).toMatchObject({ code: "CONTRACT_VALIDATE_ERROR" });
  expect(answer.result).toBeUndefined();
  expect(TronWeb.toUtf8(answer.message)).toMatch(/account \[T.*\] does not exist/);
  await expect(
    stranger.transactionBuilder.triggerConstantContract(RECIPIENT, "paused()", {}, []),
  ).rejects.toThrow("No contract");
  await expect(
    stranger.transactionBuilder.triggerConstantContract(
      devnet.token,
      "transfer(address,uint256)",
      {},
      parameters,
    ),
  ).rejects.toThrow("REVERT opcode executed");
});
