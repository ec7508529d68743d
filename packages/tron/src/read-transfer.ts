import { concat, formatAddress, toHex } from "@lucid/protocol";
import { TronError } from "./error.ts";
import { readFields } from "./wire.ts";

/** Who moves how much of which token to whom. */
export type ReadTransfer = { from: string; to: string; token: string; amountMicro: bigint };

const TRIGGER_SMART_CONTRACT = 31n;
const TRANSFER_SELECTOR = "a9059cbb";
const CALL_BYTES = 4 + 32 + 32;

/**
 * Reads the raw bytes of somebody else's token transfer as the chain carries it out, in whatever spelling: contracts of
 * USDT's age look at the last 20 bytes of the recipient's word only, and wallets put 41 before them; memos, permissions and
 * the order of fields do not matter. What is signed here is read by `decodeTransfer`, which knows one spelling.
 * Throws `tron.raw.refused` for what is no transfer: another function, several contracts, value sent along.
 */
export function readTransfer(raw: Uint8Array): ReadTransfer {
  const contracts = readFields(raw).filter(({ number }) => number === 11);
  if (contracts.length !== 1) throw refused(`${contracts.length} contracts`);
  const contract = fieldsOf(contracts[0]?.value);
  if (contract.get(1) !== TRIGGER_SMART_CONTRACT) throw refused("another type of contract");
  const trigger = fieldsOf(fieldsOf(contract.get(2)).get(2));
  if ((trigger.get(3) ?? 0n) !== 0n || (trigger.get(5) ?? 0n) !== 0n) throw refused("a call value");
  const call = bytesOf(trigger.get(4));
  if (call.length < CALL_BYTES || toHex(call.subarray(0, 4)) !== TRANSFER_SELECTOR)
    throw refused("another function");
  return {
    from: formatAddress(bytesOf(trigger.get(1))),
    token: formatAddress(bytesOf(trigger.get(2))),
    to: formatAddress(concat(Uint8Array.of(0x41), call.subarray(16, 36))),
    amountMicro: BigInt(`0x${toHex(call.subarray(36, CALL_BYTES))}`),
  };
}

/** Of a field that stands twice the last one counts (protobuf's rule). */
const fieldsOf = (value: unknown): Map<number, bigint | Uint8Array> =>
  new Map(readFields(bytesOf(value)).map((field) => [field.number, field.value]));

const bytesOf = (value: unknown): Uint8Array =>
  value instanceof Uint8Array ? value : new Uint8Array(0);

const refused = (what: string): TronError =>
  new TronError("tron.raw.refused", `not a token transfer: ${what}`, { reason: what });
