import { ProtocolError } from "./error.ts";

/** 1 USDT in micro-USDT. */
export const MICRO_PER_USDT = 1_000_000n;

/** The largest amount: a signed 64-bit integer, as every store keeps it. */
export const MAX_MICRO = 2n ** 63n - 1n;

const USDT = /^(0|[1-9][0-9]*)(\.[0-9]{1,6})?$/;
const MICRO = /^(0|-?[1-9][0-9]*)$/;

/**
 * Micro-USDT of an amount that a person wrote: `"8.03"` is 8030000n. At most six decimals; signs, spaces, exponents
 * and amounts above 2^63-1 micro throw `money.usdt`.
 */
export function parseUsdt(text: string): bigint {
  const match = USDT.exec(text);
  if (match === null) {
    throw new ProtocolError(
      "money.usdt",
      "write USDT as digits with at most six decimals, like 8.03",
      { text },
    );
  }
  const decimals = (match[2] ?? "").slice(1).padEnd(6, "0");
  return assertRange(BigInt(match[1] as string) * MICRO_PER_USDT + BigInt(decimals), "money.usdt");
}

/** USDT with six places, for API and screens: -1500000n is `"-1.500000"`. */
export function formatUsdt(micro: bigint): string {
  const size = micro < 0n ? -micro : micro;
  const decimals = (size % MICRO_PER_USDT).toString().padStart(6, "0");
  return `${micro < 0n ? "-" : ""}${size / MICRO_PER_USDT}.${decimals}`;
}

/** Whether a value is a `*_micro` field: `0|-?[1-9][0-9]*` within 64 bits. */
export function isMicro(value: unknown): value is string {
  if (typeof value !== "string" || !MICRO.test(value)) return false;
  const micro = BigInt(value);
  return micro >= -MAX_MICRO && micro <= MAX_MICRO;
}

/** The amount in a `*_micro` field of anything hashed or signed; throws `money.micro` for another form. */
export function parseMicro(text: string): bigint {
  if (!isMicro(text)) {
    throw new ProtocolError(
      "money.micro",
      "expected integer micro-USDT within 64 bits as a string",
      { text },
    );
  }
  return BigInt(text);
}

function assertRange(micro: bigint, code: string): bigint {
  if (micro > MAX_MICRO)
    throw new ProtocolError(code, `the largest amount is ${formatUsdt(MAX_MICRO)} USDT`);
  return micro;
}
