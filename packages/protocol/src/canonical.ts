import canonicalize from "canonicalize";
import { equalBytes, utf8 } from "./bytes.ts";
import { ProtocolError } from "./error.ts";

const KEY = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const MAX_DEPTH = 32;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The canonical JSON text of a value: RFC 8785 in the strict profile of the protocol.
 *
 * Takes plain objects with keys `[a-z][a-z0-9]*(_[a-z0-9]+)*`, arrays, well-formed strings, booleans and integers
 * within ±(2^53-1) without -0. Anything else (null, undefined, fractions, Date, Map, bigint, class instances,
 * functions, lone surrogates, nesting deeper than 32) throws `canonical.value` with a JSON pointer.
 */
export function encodeText(value: unknown): string {
  assertCanonical(value, "", 0);
  return canonicalize(value) as string;
}

/** `encodeText` as UTF-8 bytes: what is hashed and signed. */
export function encode(value: unknown): Uint8Array {
  return utf8(encodeText(value));
}

/** The value of canonical bytes; throws `canonical.bytes` when they are not exactly what `encode` would write. */
export function decode(bytes: Uint8Array): unknown {
  const value = parse(bytes);
  if (!equalBytes(encode(value), bytes)) {
    throw new ProtocolError(
      "canonical.bytes",
      "not canonical: keys must ascend once each, without spaces or escapes",
    );
  }
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (cause) {
    throw new ProtocolError("canonical.bytes", `not JSON in UTF-8: ${String(cause)}`);
  }
}

function assertCanonical(value: unknown, pointer: string, depth: number): void {
  if (depth > MAX_DEPTH) refuse(pointer, `is nested deeper than ${MAX_DEPTH}`);
  switch (typeof value) {
    case "boolean":
      return;
    case "string":
      if (!value.isWellFormed()) refuse(pointer, "holds a lone surrogate");
      return;
    case "number":
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
        refuse(
          pointer,
          `is ${value}, but numbers are integers within ±(2^53-1); write larger ones as strings`,
        );
      }
      return;
    case "object":
      if (Array.isArray(value)) assertArray(value, pointer, depth);
      else assertPlainObject(value, pointer, depth);
      return;
    case "bigint":
    case "function":
    case "symbol":
    case "undefined":
      refuse(pointer, `is ${typeof value}, which JSON does not have`);
  }
}

function assertArray(array: unknown[], pointer: string, depth: number): void {
  if (Object.keys(array).length !== array.length) {
    refuse(pointer, "is an array with holes or extra properties");
  }
  array.forEach((item, i) => assertCanonical(item, `${pointer}/${i}`, depth + 1));
}

function assertPlainObject(object: object | null, pointer: string, depth: number): void {
  if (object === null) refuse(pointer, "is null; leave an unknown or optional field out");
  // A plain object of any realm: its prototype, if it has one, is a root.
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    refuse(pointer, "is not a plain object");
  for (const [key, value] of Object.entries(object)) {
    if (!KEY.test(key)) refuse(pointer, `has the key ${JSON.stringify(key)}; keys are snake_case`);
    assertCanonical(value, `${pointer}/${key}`, depth + 1);
  }
}

function refuse(pointer: string, problem: string): never {
  throw new ProtocolError(
    "canonical.value",
    `${pointer === "" ? "the value" : pointer} ${problem}`,
    { pointer },
  );
}
