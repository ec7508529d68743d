import vectors from "../../../../vectors/encoding.json" with { type: "json" };
import { base32, fromHex, sha256, toHex, u64 } from "../bytes.ts";
import { decode, encode } from "../canonical.ts";
import { formatUsdt, parseMicro, parseUsdt } from "../money.ts";
import { refusal } from "./outcome.ts";

export function recomputeEncoding() {
  return {
    canonical: vectors.canonical.map(({ value }) => {
      const bytes = encode(value);
      return { value: decode(bytes), utf8: toHex(bytes) };
    }),
    refused_values: vectors.refused_values.map(({ value }) => ({
      value,
      code: refusal(() => encode(value)),
    })),
    refused_bytes: vectors.refused_bytes.map(({ bytes }) => ({
      bytes,
      refused: refusal(() => decode(fromHex(bytes))) !== null,
    })),
    u64: vectors.u64.map(({ number }) => ({ number, bytes: toHex(u64(BigInt(number))) })),
    base32: vectors.base32.map(({ bytes }) => ({ bytes, text: base32(fromHex(bytes)) })),
    sha256: vectors.sha256.map(({ parts }) => ({
      parts,
      hash: toHex(sha256(...parts.map((part) => fromHex(part)))),
    })),
    usdt: vectors.usdt.map(({ usdt }) => {
      const micro = parseUsdt(usdt);
      return { usdt, micro: micro.toString(), formatted: formatUsdt(micro) };
    }),
    refused_usdt: vectors.refused_usdt.map(({ usdt }) => ({
      usdt,
      code: refusal(() => parseUsdt(usdt)),
    })),
    micro: vectors.micro.map(({ micro }) => ({ micro, formatted: formatUsdt(parseMicro(micro)) })),
    refused_micro: vectors.refused_micro.map(({ micro }) => ({
      micro,
      code: refusal(() => parseMicro(micro)),
    })),
  };
}
