import { parseAddress } from "@lucid/protocol";
import { TronError } from "./error.ts";
import type { BlockRef, TransferRequest, UnsignedTransfer } from "./port.ts";
import type { TransferContent } from "./raw-transfer.ts";

const MAX_AMOUNT_MICRO = 2n ** 63n - 1n;
/** A node holds a transaction for no longer than this after its head (java-tron, Constant.MAXIMUM_TIME_UNTIL_EXPIRATION). */
const MAX_LIFETIME_MS = 24 * 60 * 60 * 1000;
const ZERO_ADDRESS = "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb";

/** The two replay-guard fields of a transaction: last 2 bytes of the block number, bytes 8 to 15 of the block id. */
export function refBlockFields(block: BlockRef): { refBlockBytes: string; refBlockHash: string } {
  return {
    refBlockBytes: (block.number & 0xffff).toString(16).padStart(4, "0"),
    refBlockHash: block.id.slice(16, 32),
  };
}

/** What the bytes of this transfer must say. */
export function transferToContent(unsigned: UnsignedTransfer): TransferContent {
  return {
    from: unsigned.from,
    to: unsigned.to,
    token: unsigned.token,
    amountMicro: unsigned.amountMicro,
    ...refBlockFields({ id: unsigned.refBlockId, number: unsigned.refBlockNumber }),
    expirationMs: unsigned.expirationMs,
    timestampMs: unsigned.timestampMs,
    feeLimitSun: unsigned.feeLimitSun,
  };
}

/** Throws TronError `tron.transfer.malformed`, naming the field, for values that no transfer may have. */
export function assertTransferable(request: TransferRequest, token: string): void {
  const { from, to, amountMicro, refBlock, expirationMs, timestampMs, feeLimitSun } = request;
  requireAddress("from", from);
  requireAddress("to", to);
  requireThat(to !== from, "to", "another address than from");
  requireThat(to !== token, "to", "another address than the token contract");
  requireThat(amountMicro > 0n && amountMicro <= MAX_AMOUNT_MICRO, "amountMicro", "1 to 2^63-1");
  requireThat(/^[0-9a-f]{64}$/.test(refBlock.id), "refBlock.id", "64 lower-case hex digits");
  requireThat(isCount(refBlock.number), "refBlock.number", "a block number");
  const numberInId = Number.parseInt(refBlock.id.slice(0, 16), 16);
  requireThat(numberInId === refBlock.number, "refBlock.id", "the id of block refBlock.number");
  requireThat(isCount(timestampMs) && timestampMs > 0, "timestampMs", "milliseconds since 1970");
  requireThat(
    isCount(expirationMs) && expirationMs > timestampMs,
    "expirationMs",
    "later than timestampMs",
  );
  requireThat(
    expirationMs - timestampMs <= MAX_LIFETIME_MS,
    "expirationMs",
    "at most 24 h after timestampMs",
  );
  requireThat(
    feeLimitSun > 0n && feeLimitSun <= BigInt(Number.MAX_SAFE_INTEGER),
    "feeLimitSun",
    "a positive amount",
  );
}

function requireAddress(field: string, address: string): void {
  try {
    parseAddress(address);
  } catch (cause) {
    throw new TronError("tron.transfer.malformed", `transfer: ${field} is not a TRON address`, {
      field,
      cause,
    });
  }
  requireThat(address !== ZERO_ADDRESS, field, "not the zero address");
}

function requireThat(ok: boolean, field: string, expected: string): void {
  if (!ok)
    throw new TronError("tron.transfer.malformed", `transfer: ${field} must be ${expected}`, {
      field,
    });
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
