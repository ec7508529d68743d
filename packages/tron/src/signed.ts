import { fromHex, sha256, toHex } from "@lucid/protocol";
import { TronError } from "./error.ts";
import { readFields } from "./wire.ts";

/** Transaction id (SHA-256 of raw_data) of a signed transaction in hex. Throws TronError `tron.raw.malformed`. */
export function txidOfSigned(signedHex: string): string {
  const raw = readFields(fromHex(signedHex)).filter((field) => field.number === 1);
  const [only] = raw;
  if (raw.length !== 1 || !(only?.value instanceof Uint8Array)) {
    throw new TronError(
      "tron.raw.malformed",
      "a signed transaction must hold raw_data exactly once",
    );
  }
  return toHex(sha256(only.value));
}
