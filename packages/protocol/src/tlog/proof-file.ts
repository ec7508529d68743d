import { utf8, utf8ToText } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { openCheckpoint } from "./checkpoint.ts";
import type { CheckpointProblem, CheckpointVerdict, TrustedLog } from "./checkpoint.ts";
import { HASH_BYTES } from "./merkle.ts";
import { verifyInclusion } from "./verify-proof.ts";

/** A `.tlog-proof` file: where an entry stands, its inclusion proof, a checkpoint. https://c2sp.org/tlog-proof */
export type ProofFile = {
  index: number;
  hashes: readonly Uint8Array[];
  /** the bytes of a signed checkpoint */
  checkpoint: Uint8Array;
  /** for an application; nothing authenticates it */
  extra?: Uint8Array;
};

/** Whether a proof file proves that a leaf is in a log, and by which checkpoint. */
export type ProofFileVerdict =
  | Extract<CheckpointVerdict, { ok: true }>
  | { ok: false; code: CheckpointProblem | "inclusion"; detail: string };

const HEADER = "c2sp.org/tlog-proof@v1";
const MAX_HASHES = 63;

/** The bytes of a proof file. */
export function formatProofFile({ index, hashes, checkpoint, extra }: ProofFile): Uint8Array {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(toBase64),
  ];
  return utf8(`${lines.join("\n")}\n\n${decodeText(checkpoint)}`);
}

/** The parts of a proof file, none of them verified; throws `proof_file.malformed`. */
export function parseProofFile(bytes: Uint8Array): ProofFile {
  const whole = decodeText(bytes);
  const end = whole.indexOf("\n\n");
  if (end === -1) throw malformed("an empty line must stand before the checkpoint");
  const [header, ...lines] = whole.slice(0, end).split("\n");
  if (header !== HEADER) throw malformed(`the first line must be ${HEADER}`);
  const extra = lines[0]?.startsWith("extra ") ? parseExtra(lines.shift()) : {};
  const [index, ...hashes] = lines;
  if (hashes.length > MAX_HASHES) throw malformed(`it has more than ${MAX_HASHES} hashes`);
  return {
    index: parseIndex(index),
    hashes: hashes.map(parseHash),
    checkpoint: utf8(whole.slice(end + 2)),
    ...extra,
  };
}

/** Judges a proof file for a leaf, given by its hash. Never throws for what a stranger sent. */
export function verifyProofFile(
  bytes: Uint8Array,
  leafHash: Uint8Array,
  log: TrustedLog,
): ProofFileVerdict {
  try {
    const { index, hashes, checkpoint } = parseProofFile(bytes);
    const verdict = openCheckpoint(checkpoint, log);
    if (!verdict.ok) return verdict;
    const isIncluded = verifyInclusion({ index, leafHash, proof: hashes, ...verdict.checkpoint });
    return isIncluded ? verdict : notIncluded(index);
  } catch (error) {
    if (error instanceof ProtocolError)
      return { ok: false, code: "malformed", detail: error.message };
    throw error;
  }
}

function notIncluded(index: number): ProofFileVerdict {
  const detail = `the hashes do not lead from this leaf at index ${index} to the checkpoint's root`;
  return { ok: false, code: "inclusion", detail };
}

function parseIndex(line = ""): number {
  const [, digits = ""] = /^index (0|[1-9][0-9]*)$/.exec(line) ?? [];
  const index = digits === "" ? Number.NaN : Number(digits);
  if (!Number.isSafeInteger(index)) throw malformed("a line must say index and a number");
  return index;
}

function parseHash(line: string): Uint8Array {
  const hash = fromBase64(line);
  if (hash?.length !== HASH_BYTES) throw malformed("a hash must be 32 bytes in base64");
  return hash;
}

function parseExtra(line = ""): { extra: Uint8Array } {
  const extra = fromBase64(line.slice("extra ".length));
  if (extra === null) throw malformed("the extra data must be base64");
  return { extra };
}

function decodeText(bytes: Uint8Array): string {
  const text = utf8ToText(bytes);
  if (text === null) throw malformed("it is not UTF-8");
  return text;
}

function malformed(detail: string): ProtocolError {
  return new ProtocolError("proof_file.malformed", `the proof file is malformed: ${detail}`);
}
