import { fromHex, sha256, toHex } from "@lucid/protocol";
import { expect, test } from "vitest";
import vectors from "../../../vectors/tron.json" with { type: "json" };
import { networkProfile } from "./networks.ts";
import { decodeTransfer, encodeTransfer } from "./raw-transfer.ts";

const { token } = networkProfile("mainnet", {
  endpoints: [{ full: "https://node.example", solidity: "https://node.example" }],
});

const transfers = vectors.transfers.map((transfer) => ({ refused: undefined, ...transfer }));
const plain = transfers.filter(({ refused }) => refused === undefined);
const spelledOtherwise = transfers.filter(({ refused }) => refused !== undefined);

test.each(plain)("mainnet's $txid is what is signed here, byte for byte", (transfer) => {
  const { raw_data, txid, from, to, amount_micro } = transfer;
  expect(toHex(sha256(fromHex(raw_data)))).toBe(txid);
  const content = decodeTransfer(fromHex(raw_data));
  expect(content).toMatchObject({ from, to, token, amountMicro: BigInt(amount_micro) });
  expect(toHex(encodeTransfer(content))).toBe(raw_data);
});

test.each(spelledOtherwise)("$txid is another spelling: $refused", (transfer) => {
  const { raw_data, txid, refused } = transfer;
  expect(toHex(sha256(fromHex(raw_data)))).toBe(txid);
  expect(() => decodeTransfer(fromHex(raw_data))).toThrow(refused);
});

test.each(vectors.no_transfers)("$txid moved nothing, and is refused", (transaction) => {
  const raw = fromHex(transaction.raw_data);
  expect(toHex(sha256(raw))).toBe(transaction.txid);
  expect(() => decodeTransfer(raw)).toThrow(transaction.refused);
});
