import { fromHex, sha256, toHex } from "@lucid/protocol";
import { expect, test } from "vitest";
import vectors from "../../../vectors/tron.json" with { type: "json" };
import { networkProfile } from "./networks.ts";
import { decodeTransfer, encodeTransfer } from "./raw-transfer.ts";
import { readTransfer } from "./read-transfer.ts";

const { token } = networkProfile("mainnet", {
  endpoints: [{ full: "https://node.example", solidity: "https://node.example" }],
});

const transfers = vectors.transfers.map((transfer) => ({ refused: undefined, ...transfer }));
const plain = transfers.filter(({ refused }) => refused === undefined);
const spelledOtherwise = transfers.filter(({ refused }) => refused !== undefined);

test.each(transfers)("mainnet's $txid says who moved how much to whom", (transfer) => {
  const { raw_data, txid, from, to, amount_micro } = transfer;
  const raw = fromHex(raw_data);
  expect(toHex(sha256(raw))).toBe(txid);
  expect(readTransfer(raw)).toEqual({ from, to, token, amountMicro: BigInt(amount_micro) });
});

test.each(plain)("$txid is what is signed here, byte for byte", (transfer) => {
  const { raw_data, from, to, amount_micro } = transfer;
  const content = decodeTransfer(fromHex(raw_data));
  expect(content).toMatchObject({ from, to, token, amountMicro: BigInt(amount_micro) });
  expect(toHex(encodeTransfer(content))).toBe(raw_data);
});

test.each(spelledOtherwise)("$txid is another spelling: $refused", ({ raw_data, refused }) => {
  expect(() => decodeTransfer(fromHex(raw_data))).toThrow(refused);
});

test.each(vectors.no_transfers)("$txid moved nothing, and is refused", (transaction) => {
  const raw = fromHex(transaction.raw_data);
  expect(toHex(sha256(raw))).toBe(transaction.txid);
  expect(() => readTransfer(raw)).toThrow(transaction.refused);
  expect(() => decodeTransfer(raw)).toThrow(transaction.refused);
});

test("another function, and bytes that are no transaction, are refused", () => {
  const [transfer] = vectors.transfers;
  const other = (transfer?.raw_data ?? "").replace("a9059cbb", "23b872dd");
  expect(() => readTransfer(fromHex(other))).toThrow("another function");
  expect(() => readTransfer(new Uint8Array(0))).toThrow("0 contracts");
});
