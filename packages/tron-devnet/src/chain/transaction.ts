import { fromHex, sha256, toHex } from "../bytes.ts";
import { rawCodec, signedCodec, triggerCodec } from "./protobuf.ts";
import type { RawMessage } from "./protobuf.ts";

export const TRIGGER_SMART_CONTRACT = 31;
export const TRIGGER_TYPE_URL = "type.googleapis.com/protocol.TriggerSmartContract";

/** A call of a contract as the devnet runs it. Addresses are hex with 41, `data` is hex. */
export type Call = { owner: string; contract: string; data: string; callValueSun: bigint };

export type Transaction = {
  txid: string;
  /** Everything that was received, for the size. */
  bytes: Uint8Array;
  rawBytes: Uint8Array;
  raw: RawMessage;
  signatures: Uint8Array[];
  /** null when the contract is not one TriggerSmartContract. */
  call: Call | null;
  expirationMs: number;
  feeLimitSun: bigint;
};

/** Throws for bytes that are not a transaction. */
export function parseTransaction(bytes: Uint8Array): Transaction {
  const { raw_data: rawBytes, signature: signatures } = signedCodec.decode(bytes);
  const raw = rawCodec.decode(rawBytes);
  return {
    txid: toHex(sha256(rawBytes)),
    bytes,
    rawBytes,
    raw,
    signatures,
    call: parseCall(raw),
    expirationMs: Number(raw.expiration),
    feeLimitSun: BigInt(raw.fee_limit),
  };
}

function parseCall(raw: RawMessage): Call | null {
  const [contract] = raw.contract;
  if (contract?.type !== TRIGGER_SMART_CONTRACT || contract.parameter === null) return null;
  const trigger = triggerCodec.decode(contract.parameter.value);
  return {
    owner: toHex(trigger.owner_address),
    contract: toHex(trigger.contract_address),
    data: toHex(trigger.data),
    callValueSun: BigInt(trigger.call_value),
  };
}

export type RawFields = {
  call: Call;
  permissionId: number;
  refBlockBytes: string;
  refBlockHash: string;
  expirationMs: number;
  timestampMs: number;
  feeLimitSun: bigint;
  memo: string;
};

/** Builds raw bytes, for `triggersmartcontract` and for transactions that arrive as JSON. */
export function encodeRaw(fields: RawFields): Uint8Array {
  const trigger = triggerCodec.encode({
    owner_address: fromHex(fields.call.owner),
    contract_address: fromHex(fields.call.contract),
    data: fromHex(fields.call.data),
    call_value: fields.call.callValueSun.toString(),
  });
  const parameter = { type_url: TRIGGER_TYPE_URL, value: trigger };
  return rawCodec.encode({
    ref_block_bytes: fromHex(fields.refBlockBytes),
    ref_block_hash: fromHex(fields.refBlockHash),
    expiration: String(fields.expirationMs),
    data: fromHex(fields.memo),
    contract: [{ type: TRIGGER_SMART_CONTRACT, parameter, Permission_id: fields.permissionId }],
    timestamp: String(fields.timestampMs),
    fee_limit: fields.feeLimitSun.toString(),
  });
}

export function encodeSigned(rawBytes: Uint8Array, signatures: Uint8Array[]): Uint8Array {
  return signedCodec.encode({ raw_data: rawBytes, signature: signatures });
}
