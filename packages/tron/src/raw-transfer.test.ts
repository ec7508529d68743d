import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatAddress, toHex } from "@lucid/protocol";
import { decodeTransfer, encodeTransfer } from "./raw-transfer.ts";
import { bytesOf, makeTransfer } from "./testing/transfers.ts";
import { bytesField, readFields, varintField } from "./wire.ts";

const address = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .filter((bytes) => bytes.some((byte) => byte !== 0))
  .map((bytes) => formatAddress(Uint8Array.of(0x41, ...bytes)));
const hexOf = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value) => toHex(value));

const content = fc.record({
  from: address,
  to: address,
  token: address,
  amountMicro: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
  refBlockBytes: hexOf(2),
  refBlockHash: hexOf(8),
  expirationMs: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  timestampMs: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  feeLimitSun: fc.bigInt({ min: 1n, max: 2n ** 53n }),
});

test("a transfer survives encoding and decoding", () => {
  fc.assert(
    fc.property(content, (transfer) => {
      expect(decodeTransfer(encodeTransfer(transfer))).toEqual(transfer);
    }),
  );
});

test("changing any byte is refused or changes what the transfer says", () => {
  const raw = bytesOf(makeTransfer());
  const before = decodeTransfer(raw);
  for (let position = 0; position < raw.length; position++) {
    const changed = Uint8Array.from(raw);
    changed[position] = (changed[position] ?? 0) ^ 1;
    let after: unknown;
    try {
      after = decodeTransfer(changed);
    } catch (error) {
      after = error;
    }
    expect(after).not.toEqual(before);
  }
});

/** The same transaction with one field of one message changed: a path of field numbers, then what stands there. */
function rebuild(
  raw: Uint8Array,
  path: number[],
  change: (bytes: Uint8Array) => number[],
): Uint8Array {
  const [next, ...rest] = path;
  if (next === undefined) return Uint8Array.from(change(raw));
  const parts = readFields(raw).flatMap(({ number, value }) => {
    if (typeof value === "bigint") return varintField(number, value);
    return bytesField(number, number === next ? rebuild(value, rest, change) : value);
  });
  return Uint8Array.from(parts);
}

const CONTRACT = [11];
const PARAMETER = [11, 2];
const TRIGGER = [11, 2, 2];
const CALL = [11, 2, 2, 4];
const add = (field: number[]) => (bytes: Uint8Array) => [...bytes, ...field];

test.each([
  ["a memo", [], add(bytesField(10, [1])), "memo"],
  ["scripts", [], add(bytesField(12, [1])), "scripts"],
  ["auths", [], add(bytesField(9, [1])), "auths"],
  ["a second contract", [], add(bytesField(11, [1])), "field 11 twice"],
  ["a second expiration", [], add(varintField(8, 1n)), "field 8 twice"],
  ["an unknown field", [], add(varintField(99, 1n)), "field 99"],
  ["a permission id", CONTRACT, add(varintField(5, 2n)), "permission id"],
  [
    "another contract type",
    CONTRACT,
    (bytes: Uint8Array) => [0x08, 1, ...bytes.subarray(2)],
    "contract type",
  ],
  [
    "another type url",
    PARAMETER,
    (bytes: Uint8Array) => [...bytesField(1, [1]), ...bytes.subarray(51)],
    "TriggerSmartContract",
  ],
  ["a call value", TRIGGER, add(varintField(3, 5n)), "call value"],
  ["a token value", TRIGGER, add(varintField(5, 5n)), "call token value"],
  ["a token id", TRIGGER, add(varintField(6, 5n)), "token id"],
  ["another function", CALL, (bytes: Uint8Array) => [0x09, ...bytes.subarray(1)], "function"],
  ["longer call data", CALL, add([0]), "69 bytes"],
  [
    "a recipient word with a prefix",
    CALL,
    (bytes: Uint8Array) => [...bytes.subarray(0, 15), 1, ...bytes.subarray(16)],
    "recipient word",
  ],
  [
    "no fee limit",
    [],
    (bytes: Uint8Array) => [...bytes.subarray(0, bytes.length - 6)],
    "lacks field 18",
  ],
])("refuses %s", (_, path, change, reason) => {
  const raw = rebuild(bytesOf(makeTransfer()), path, change);
  expect(() => decodeTransfer(raw)).toThrow(
    expect.objectContaining({
      code: "tron.raw.refused",
      message: expect.stringContaining(reason) as string,
    }),
  );
});
