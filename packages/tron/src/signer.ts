import { secp256k1 } from "@noble/curves/secp256k1.js";
import { addressOfKey, concat, equalBytes, fromHex, sha256, toHex } from "@lucid/protocol";
import { TronError } from "./error.ts";
import { assertKeyInProcess, assertSignable } from "./networks.ts";
import type { LocalSigner, NetworkProfile, UnsignedTransfer } from "./port.ts";
import { decodeTransfer, encodeTransfer } from "./raw-transfer.ts";
import type { TransferContent } from "./raw-transfer.ts";
import { assertTransferable, transferToContent } from "./transfer.ts";
import { bytesField } from "./wire.ts";

export type LocalSignerOptions = {
  privateKeyHex: string;
  profile: NetworkProfile;
  expectedAddress?: string;
  /** Nothing is signed that may burn more than this. */
  maxFeeLimitSun?: bigint;
};

/** Over three times 130 285 energy at 420 sun, the highest price so far. */
const DEFAULT_MAX_FEE_LIMIT_SUN = 200_000_000n;

/**
 * A signer that holds the key in this process; never on mainnet.
 * `privateKeyHex` is 64 lower-case hex digits (a shorter one would silently be another wallet); when `expectedAddress` is
 * given the key must be that wallet's. Throws TronError `tron.key.malformed`, `tron.key.other_address`,
 * `tron.network.signing_refused`; signing throws `tron.signer.cap`, `tron.transfer.malformed` or `tron.raw.*`.
 */
export function createLocalSigner(options: LocalSignerOptions): LocalSigner {
  assertKeyInProcess(options.profile);
  return createKeySigner(options);
}

/** The same for the signer that is a program of its own, which is the only one that may hold a key on mainnet. */
export function createKeySigner({
  privateKeyHex,
  profile,
  expectedAddress,
  maxFeeLimitSun = DEFAULT_MAX_FEE_LIMIT_SUN,
}: LocalSignerOptions): LocalSigner {
  assertSignable(profile);
  const key = readKey(privateKeyHex);
  const address = addressOfKey(privateKeyHex);
  if (expectedAddress !== undefined && expectedAddress !== address) {
    const message = `the key belongs to ${address}, but the wallet of this network is ${expectedAddress}`;
    throw new TronError("tron.key.other_address", message, { address, expectedAddress });
  }
  return {
    address,
    sign(unsigned: UnsignedTransfer): string {
      requireWithin(unsigned.feeLimitSun, maxFeeLimitSun);
      const raw = checkedBytes(unsigned, { from: address, token: profile.token });
      return toHex(
        Uint8Array.from([...bytesField(1, raw), ...bytesField(2, signHash(sha256(raw), key))]),
      );
    },
  };
}

function readKey(privateKeyHex: string): Uint8Array {
  const key = /^[0-9a-f]{64}$/.test(privateKeyHex) ? fromHex(privateKeyHex, 32) : null;
  if (key === null || !secp256k1.utils.isValidSecretKey(key)) {
    throw new TronError(
      "tron.key.malformed",
      "the private key must be 64 lower-case hex digits, a valid secp256k1 key",
    );
  }
  return key;
}

/** The bytes to sign, after decoding them, comparing every field, encoding them again and comparing every byte. */
function checkedBytes(
  unsigned: UnsignedTransfer,
  wallet: { from: string; token: string },
): Uint8Array {
  assertTransferable(
    { ...unsigned, refBlock: { id: unsigned.refBlockId, number: unsigned.refBlockNumber } },
    wallet.token,
  );
  const raw = fromHex(unsigned.rawDataHex);
  const decoded = decodeTransfer(raw);
  const stated = transferToContent(unsigned);
  for (const [field, value] of Object.entries(decoded)) {
    requireEqual(field, value, stated[field as keyof TransferContent]);
  }
  requireEqual("from", decoded.from, wallet.from);
  requireEqual("token", decoded.token, wallet.token);
  requireEqual("txid", toHex(sha256(raw)), unsigned.txid);
  if (!equalBytes(encodeTransfer(decoded), raw)) {
    throw new TronError(
      "tron.raw.mismatch",
      "the bytes are not the canonical encoding of what they say",
      {},
    );
  }
  return raw;
}

function requireWithin(feeLimitSun: bigint, maxFeeLimitSun: bigint): void {
  if (feeLimitSun <= maxFeeLimitSun) return;
  const message = `a fee limit of ${feeLimitSun} sun is above this signer's cap of ${maxFeeLimitSun}`;
  throw new TronError("tron.signer.cap", message, { feeLimitSun, maxFeeLimitSun });
}

function requireEqual(field: string, found: unknown, expected: unknown): void {
  if (found === expected) return;
  const message = `the bytes say ${field} is ${String(found)}, expected ${String(expected)}`;
  throw new TronError("tron.raw.mismatch", message, { field, found, expected });
}

/** 65 bytes r, s, v with v = 27 or 28; the nonce is deterministic (RFC 6979) and s is low. */
function signHash(hash: Uint8Array, key: Uint8Array): Uint8Array {
  const signature = secp256k1.sign(hash, key, { prehash: false, format: "recovered" });
  const recovery = signature[0] ?? 0;
  return concat(signature.subarray(1), Uint8Array.of(27 + recovery));
}
