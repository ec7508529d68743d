import { TronError } from "./error.ts";

/**
 * The part of the protobuf wire format that a token transfer uses: varints (type 0) and length-delimited bytes (type 2).
 * Written independently of TronWeb's encoder, so that the signer does not trust what it checks.
 * Format: https://protobuf.dev/programming-guides/encoding/
 */
export type Field = { number: number; value: bigint | Uint8Array };

const MAX_VARINT_BYTES = 10;

/** Splits bytes into fields, in their order. Throws `tron.raw.malformed` for any other wire type, a cut or a non-minimal varint. */
export function readFields(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let offset = 0;
  const varint = (): bigint => {
    const read = readVarint(bytes, offset);
    offset = read.next;
    return read.value;
  };
  while (offset < bytes.length) {
    const tag = varint();
    const number = Number(tag >> 3n);
    const wireType = Number(tag & 7n);
    if (wireType === 0) {
      fields.push({ number, value: varint() });
    } else if (wireType === 2) {
      const end = Number(varint()) + offset;
      if (end > bytes.length) throw malformed("a field is longer than the message", offset);
      fields.push({ number, value: bytes.subarray(offset, end) });
      offset = end;
    } else {
      throw malformed(`wire type ${wireType} of field ${number} is not expected`, offset);
    }
  }
  return fields;
}

export function varintField(number: number, value: bigint): number[] {
  return [...writeVarint(BigInt(number) << 3n), ...writeVarint(value)];
}

export function bytesField(number: number, value: Iterable<number>): number[] {
  const content = [...value];
  return [
    ...writeVarint((BigInt(number) << 3n) | 2n),
    ...writeVarint(BigInt(content.length)),
    ...content,
  ];
}

function readVarint(bytes: Uint8Array, start: number): { value: bigint; next: number } {
  let value = 0n;
  for (let index = 0; index < MAX_VARINT_BYTES; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) throw malformed("a number is cut off", start);
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) {
      if (byte === 0 && index > 0) throw malformed("a number is not in its shortest form", start);
      return { value, next: start + index + 1 };
    }
  }
  throw malformed("a number has more than 64 bits", start);
}

function writeVarint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

function malformed(message: string, offset: number): TronError {
  return new TronError("tron.raw.malformed", `transaction bytes: ${message}`, { offset });
}
