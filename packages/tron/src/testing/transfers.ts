import { addressOfKey, fromHex, sha256, toHex } from "@lucid/protocol";
import type { NetworkProfile, UnsignedTransfer } from "../port.ts";
import { networkProfile } from "../networks.ts";
import { encodeTransfer } from "../raw-transfer.ts";
import { transferToContent } from "../transfer.ts";

export const WALLET_KEY = "11".repeat(32);
export const WALLET = addressOfKey(WALLET_KEY);
export const RECIPIENT = addressOfKey("22".repeat(32));
export const TOKEN = "TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf";
export const REF_BLOCK = { number: 0x12345, id: `0000000000012345${"ab".repeat(24)}` };
const NOW_MS = 1_795_000_000_000;

/** A profile whose endpoint is one test server. */
export function localProfile(url = "http://127.0.0.1:9"): NetworkProfile {
  return networkProfile("local", {
    genesisBlockId: "0".repeat(64),
    token: TOKEN,
    endpoints: [{ full: url, solidity: url, jsonrpc: `${url}/jsonrpc` }],
  });
}

/** A transfer whose bytes say exactly what its fields say. */
export function makeTransfer(changes: Partial<UnsignedTransfer> = {}): UnsignedTransfer {
  const fields = {
    txid: "",
    rawDataHex: "",
    from: WALLET,
    to: RECIPIENT,
    token: TOKEN,
    amountMicro: 9_900_000n,
    refBlockNumber: REF_BLOCK.number,
    refBlockId: REF_BLOCK.id,
    expirationMs: NOW_MS + 180_000,
    timestampMs: NOW_MS,
    feeLimitSun: 30_000_000n,
    ...changes,
  };
  return withBytes(fields, encodeTransfer(transferToContent(fields)));
}

/** The same statement over other bytes, with the id that belongs to them. */
export function withBytes(transfer: UnsignedTransfer, raw: Uint8Array): UnsignedTransfer {
  return { ...transfer, rawDataHex: toHex(raw), txid: toHex(sha256(raw)) };
}

export function bytesOf(transfer: UnsignedTransfer): Uint8Array {
  return fromHex(transfer.rawDataHex);
}
