import { fromHex, sha256, toHex } from "@lucid/protocol";
import { describe, expect, test } from "vitest";
import vectors from "../../../vectors/tron.json" with { type: "json" };
import { networkProfile } from "./networks.ts";
import { decodeTransfer, encodeTransfer } from "./raw-transfer.ts";
import { readTransfer } from "./read-transfer.ts";

const { token } = networkProfile("mainnet", {
  endpoints: [{ full: "https://node.example", solidity: "https://node.example" }],
});

describe.each(vectors.transfers)("$txid of mainnet", (transfer) => {
  const raw = fromHex(transfer.raw_data);
  const { from, to, amount_micro, refused } = { refused: undefined, ...transfer };

  test("its id is the hash of its bytes", () => {
    expect(toHex(sha256(raw))).toBe(transfer.txid);
  });

  test("says who moved how much to whom", () => {
    expect(readTransfer(raw)).toEqual({ from, to, token, amountMicro: BigInt(amount_micro) });
  });

  test("is a transfer as they are signed here, byte for byte, or is refused with the reason", () => {
    if (refused !== undefined) return expect(() => decodeTransfer(raw)).toThrow(refused);
    const content = decodeTransfer(raw);
    expect(content).toMatchObject({ from, to, token, amountMicro: BigInt(amount_micro) });
    return expect(toHex(encodeTransfer(content))).toBe(transfer.raw_data);
  });
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
