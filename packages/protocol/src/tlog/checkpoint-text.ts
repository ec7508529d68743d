import { ProtocolError } from "../error.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { HASH_BYTES } from "./merkle.ts";

/** A log's state: how many entries and their root. https://c2sp.org/tlog-checkpoint */
export type Checkpoint = { origin: string; size: number; root: Uint8Array };

/**
 * The text that is signed: origin, size and root on a line each. Throws `checkpoint.malformed` for an origin of no or
 * several lines, a size outside 0 to 2^53-1, a root that has not 32 bytes.
 */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  const text = `${origin}\n${size}\n${toBase64(root)}\n`;
  parseCheckpointText(text);
  return text;
}

/**
 * The checkpoint in a note's text; throws `checkpoint.malformed` for anything but its three lines. Extension lines
 * are refused: no log of this protocol writes them, and nobody may cosign what nobody can audit.
 */
export function parseCheckpointText(text: string): Checkpoint {
  const [origin = "", size = "", root = "", ...rest] = text.split("\n");
  if (origin === "") throw malformed("the first line must be the log's origin");
  if (!/^(0|[1-9][0-9]*)$/.test(size) || !Number.isSafeInteger(Number(size))) {
    throw malformed("the second line must be the size, 0 to 2^53-1 without leading zeros");
  }
  const hash = fromBase64(root);
  if (hash?.length !== HASH_BYTES) {
    throw malformed("the third line must be the root, 32 bytes in padded standard base64");
  }
  if (rest.length !== 1 || rest[0] !== "") throw malformed("there must be no line after the root");
  return { origin, size: Number(size), root: hash };
}

function malformed(detail: string): ProtocolError {
  return new ProtocolError("checkpoint.malformed", `the checkpoint is malformed: ${detail}`);
}
