import * as fc from "fast-check";
import { Trx, TronWeb } from "tronweb";
import { describe, expect, test } from "vitest";
import { isAddress, parseAddress } from "./address.ts";
import { toHex } from "./bytes.ts";
import { addressOfKey, normaliseSignature, recoverAddress, signMessage } from "./wallet.ts";

const tronWeb = new TronWeb({ fullHost: "http://127.0.0.1:1" });
const privateKey = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .filter((bytes) => bytes.some((byte) => byte !== 0) && (bytes[0] as number) < 0xff)
  .map(toHex);
const text = fc.string({ unit: "grapheme", maxLength: 200 });

describe("a wallet of TronWeb and ours", () => {
  test("sign the same and accept each other", () => {
    fc.assert(
      fc.property(privateKey, text, (key, message) => {
        const theirs = tronWeb.trx.signMessageV2(message, key);
        const ours = signMessage(key, message);
        expect(normaliseSignature(theirs)).toBe(ours);
        expect(recoverAddress(message, theirs)).toBe(addressOfKey(key));
        expect(Trx.verifyMessageV2(message, `0x${ours}`)).toBe(addressOfKey(key));
      }),
      { numRuns: 30 },
    );
  });

  test("have the same address, in base58 and in bytes", () => {
    fc.assert(
      fc.property(privateKey, (key) => {
        const address = addressOfKey(key);
        expect(address).toBe(TronWeb.address.fromPrivateKey(key));
        expect(toHex(parseAddress(address))).toBe(TronWeb.address.toHex(address));
      }),
      { numRuns: 30 },
    );
  });
});

test("a signature over one text leads elsewhere for another", () => {
  fc.assert(
    fc.property(privateKey, text, text, (key, message, other) => {
      fc.pre(message !== other);
      expect(recoverAddress(other, signMessage(key, message))).not.toBe(addressOfKey(key));
    }),
    { numRuns: 30 },
  );
});

test("one mistyped character of an address is always noticed", () => {
  const letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  fc.assert(
    fc.property(
      privateKey,
      fc.nat({ max: 33 }),
      fc.constantFrom(...letters.split("")),
      (key, at, letter) => {
        const address = addressOfKey(key);
        fc.pre(address[at] !== letter);
        expect(isAddress(address.slice(0, at) + letter + address.slice(at + 1))).toBe(false);
      },
    ),
    { numRuns: 50 },
  );
});

test.each([undefined, null, 7, {}, ["T"], ""])("%s is no address", (value) => {
  expect(isAddress(value)).toBe(false);
});

test.each(["00".repeat(32), "ff".repeat(32)])("%s is no private key", (key) => {
  expect(() => signMessage(key, "x")).toThrow(expect.objectContaining({ code: "wallet.key" }));
});

test.each(["abc", "11".repeat(31), `0x${"11".repeat(32)}`])(
  "a key is not guessed from %s",
  (key) => {
    expect(() => addressOfKey(key)).toThrow(expect.objectContaining({ code: "bytes.hex" }));
  },
);
