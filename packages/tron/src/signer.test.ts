import { utils } from "tronweb";
import { expect, test } from "vitest";
import { concat } from "@lucid/protocol";
import { createLocalSigner } from "./signer.ts";
import { networkProfile } from "./networks.ts";
import { txidOfSigned } from "./signed.ts";
import {
  bytesOf,
  localProfile,
  makeTransfer,
  RECIPIENT,
  WALLET,
  WALLET_KEY,
  withBytes,
} from "./testing/transfers.ts";
import type { UnsignedTransfer } from "./port.ts";

const profile = localProfile();
const signer = createLocalSigner({ privateKeyHex: WALLET_KEY, profile, expectedAddress: WALLET });

test("signing twice gives the same bytes, with the id of the transfer", () => {
  const transfer = makeTransfer();
  expect(signer.sign(transfer)).toBe(signer.sign(makeTransfer()));
  expect(txidOfSigned(signer.sign(transfer))).toBe(transfer.txid);
});

test("the signature is the one that TronWeb makes", () => {
  const transfer = makeTransfer();
  const { signature } = utils.crypto.signTransaction(WALLET_KEY, { txID: transfer.txid }) as {
    signature: string[];
  };
  expect(signer.sign(transfer).slice(-130)).toBe(signature[0]?.toLowerCase());
});

test.each([
  ["63 digits", "1".repeat(63)],
  ["a word", "abc"],
  ["upper case", "AB".repeat(32)],
  ["a prefix", `0x${"11".repeat(31)}`],
  ["zero", "00".repeat(32)],
  ["the order of the curve", "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"],
])("refuses a key with %s", (_, privateKeyHex) => {
  expect(() => createLocalSigner({ privateKeyHex, profile })).toThrow(
    expect.objectContaining({ code: "tron.key.malformed" }),
  );
});

test("refuses the key of another wallet", () => {
  expect(() =>
    createLocalSigner({ privateKeyHex: WALLET_KEY, profile, expectedAddress: RECIPIENT }),
  ).toThrow(expect.objectContaining({ code: "tron.key.other_address" }));
});

test.each(["mainnet", "shasta"])("refuses to sign on %s", (name) => {
  const options = { privateKeyHex: WALLET_KEY, profile: networkProfile(name) };
  expect(() => createLocalSigner(options)).toThrow(
    expect.objectContaining({ code: "tron.network.signing_refused" }),
  );
});

const OTHER_TOKEN = "TG3XXyExBkPp9nzdajDZsozEu4BkaSJozs";
const lies: [string, Partial<UnsignedTransfer>][] = [
  ["recipient", { to: OTHER_TOKEN }],
  ["amount", { amountMicro: 9_900_001n }],
  ["expiration", { expirationMs: 1_795_000_180_001 }],
  ["timestamp", { timestampMs: 1_795_000_000_001 }],
  ["fee limit", { feeLimitSun: 30_000_001n }],
  ["reference block", { refBlockId: `0000000000012345${"cd".repeat(24)}` }],
  ["id", { txid: "00".repeat(32) }],
];

test.each(lies)("refuses bytes that state another %s", (_, lie) => {
  expect(() => signer.sign({ ...makeTransfer(), ...lie })).toThrow(
    expect.objectContaining({ code: "tron.raw.mismatch" }),
  );
});

test("refuses a transfer of another token or from another wallet, also when bytes and fields agree", () => {
  for (const change of [{ token: OTHER_TOKEN }, { from: RECIPIENT, to: WALLET }]) {
    expect(() => signer.sign(makeTransfer(change))).toThrow(
      expect.objectContaining({ code: "tron.raw.mismatch" }),
    );
  }
});

test("refuses bytes that say the same in another order", () => {
  const transfer = makeTransfer();
  const raw = bytesOf(transfer);
  const reordered = concat(raw.subarray(4), raw.subarray(0, 4));
  expect(() => signer.sign(withBytes(transfer, reordered))).toThrow(
    expect.objectContaining({ code: "tron.raw.mismatch" }),
  );
});

test.each([
  ["to", { to: WALLET }],
  ["amountMicro", { amountMicro: 0n }],
  ["feeLimitSun", { feeLimitSun: 0n }],
  ["expirationMs", { expirationMs: 1_795_000_000_000 }],
  ["expirationMs", { expirationMs: 1_795_000_000_000 + 86_400_001 }],
  ["refBlock.id", { refBlockNumber: 7 }],
])("refuses a transfer whose %s makes no sense", (field, change) => {
  expect(() => signer.sign(makeTransfer(change))).toThrow(
    expect.objectContaining({
      code: "tron.transfer.malformed",
      details: expect.objectContaining({ field }) as object,
    }),
  );
});

test("refuses a fee limit above its cap, and the cap can be moved", () => {
  const transfer = makeTransfer({ feeLimitSun: 200_000_001n });
  expect(() => signer.sign(transfer)).toThrow(expect.objectContaining({ code: "tron.signer.cap" }));
  const options = { privateKeyHex: WALLET_KEY, profile, maxFeeLimitSun: 300_000_000n };
  expect(createLocalSigner(options).sign(transfer)).toHaveLength(2 * 281);
});
