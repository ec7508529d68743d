import { concat, formatAddress, parseAddress, toHex, utf8 } from "@lucid/protocol";
import { TronError } from "./error.ts";
import { bytesField, readFields, varintField } from "./wire.ts";

/** Everything a token transfer says, and nothing else: two transfers with equal content have equal bytes. */
export type TransferContent = {
  from: string;
  to: string;
  token: string;
  amountMicro: bigint;
  refBlockBytes: string;
  refBlockHash: string;
  expirationMs: number;
  timestampMs: number;
  feeLimitSun: bigint;
};

const TRIGGER_SMART_CONTRACT = 31n;
const TYPE_URL = "type.googleapis.com/protocol.TriggerSmartContract";
/** First four bytes of keccak256("transfer(address,uint256)"). */
const TRANSFER_SELECTOR = [0xa9, 0x05, 0x9c, 0xbb];
const CALL_LENGTH = 4 + 32 + 32;
const WORD_PREFIX = new Uint8Array(12);

/**
 * Raw bytes of a transaction with one TriggerSmartContract that calls transfer(address,uint256): field numbers of
 * `Transaction.raw` in java-tron's core/Tron.proto, ascending, defaults left out.
 */
export function encodeTransfer(content: TransferContent): Uint8Array {
  const call = concat(
    Uint8Array.from(TRANSFER_SELECTOR),
    WORD_PREFIX,
    parseAddress(content.to).subarray(1),
    toWord(content.amountMicro),
  );
  const trigger = [
    ...bytesField(1, parseAddress(content.from)),
    ...bytesField(2, parseAddress(content.token)),
    ...bytesField(4, call),
  ];
  const parameter = [...bytesField(1, utf8(TYPE_URL)), ...bytesField(2, trigger)];
  const contract = [...varintField(1, TRIGGER_SMART_CONTRACT), ...bytesField(2, parameter)];
  return Uint8Array.from([
    ...bytesField(1, Buffer.from(content.refBlockBytes, "hex")),
    ...bytesField(4, Buffer.from(content.refBlockHash, "hex")),
    ...varintField(8, BigInt(content.expirationMs)),
    ...bytesField(11, contract),
    ...varintField(14, BigInt(content.timestampMs)),
    ...varintField(18, content.feeLimitSun),
  ]);
}

/**
 * Reads raw bytes back. Throws `tron.raw.refused` for anything beside one plain token transfer: a second contract, another
 * type or function, call value, token value, permission id, memo, scripts, auths, a repeated or unknown field.
 */
export function decodeTransfer(raw: Uint8Array): TransferContent {
  const outer = single(raw, "raw_data", [1, 4, 8, 11, 14, 18], {
    9: "auths",
    10: "memo",
    12: "scripts",
  });
  const contract = single(outer.bytes(11), "contract", [1, 2], { 5: "permission id" });
  if (contract.number(1) !== TRIGGER_SMART_CONTRACT)
    throw refused("contract type is not TriggerSmartContract");
  const parameter = single(contract.bytes(2), "parameter", [1, 2], {});
  if (toHex(parameter.bytes(1)) !== toHex(utf8(TYPE_URL)))
    throw refused("parameter is not a TriggerSmartContract");
  const forbidden = { 3: "call value", 5: "call token value", 6: "token id" };
  const trigger = single(parameter.bytes(2), "TriggerSmartContract", [1, 2, 4], forbidden);
  return {
    from: toAddress(trigger.bytes(1), "owner address"),
    token: toAddress(trigger.bytes(2), "contract address"),
    ...decodeCall(trigger.bytes(4)),
    refBlockBytes: toHex(outer.bytes(1)),
    refBlockHash: toHex(outer.bytes(4)),
    expirationMs: Number(outer.number(8)),
    timestampMs: Number(outer.number(14)),
    feeLimitSun: outer.number(18),
  };
}

function decodeCall(call: Uint8Array): { to: string; amountMicro: bigint } {
  if (call.length !== CALL_LENGTH)
    throw refused(`call data has ${call.length} bytes instead of ${CALL_LENGTH}`);
  if (toHex(call.subarray(0, 4)) !== toHex(Uint8Array.from(TRANSFER_SELECTOR)))
    throw refused("function is not transfer");
  if (call.subarray(4, 16).some((byte) => byte !== 0))
    throw refused("recipient word is not an address");
  return {
    to: toAddress(concat(Uint8Array.of(0x41), call.subarray(16, 36)), "recipient"),
    amountMicro: BigInt(`0x${toHex(call.subarray(36))}`),
  };
}

/** Reads a message in which each expected field stands exactly once and no other field stands at all. */
function single(
  bytes: Uint8Array,
  message: string,
  expected: number[],
  named: Record<number, string>,
) {
  const found = new Map<number, bigint | Uint8Array>();
  for (const field of readFields(bytes)) {
    if (!expected.includes(field.number)) {
      throw refused(`${message} holds ${named[field.number] ?? `field ${field.number}`}`);
    }
    if (found.has(field.number)) throw refused(`${message} holds field ${field.number} twice`);
    found.set(field.number, field.value);
  }
  return {
    bytes(number: number): Uint8Array {
      const value = found.get(number);
      if (value instanceof Uint8Array) return value;
      throw refused(`${message} lacks field ${number}`);
    },
    number(number: number): bigint {
      const value = found.get(number);
      if (typeof value === "bigint") return value;
      throw refused(`${message} lacks field ${number}`);
    },
  };
}

function toAddress(bytes: Uint8Array, what: string): string {
  if (bytes.length !== 21 || bytes[0] !== 0x41) throw refused(`${what} is not a TRON address`);
  return formatAddress(bytes);
}

function toWord(value: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(64, "0"), "hex"));
}

function refused(reason: string): TronError {
  return new TronError("tron.raw.refused", `not a plain token transfer: ${reason}`, { reason });
}
