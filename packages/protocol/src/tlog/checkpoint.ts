import { ProtocolError } from "../error.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { splitCosignature } from "./cosignature.ts";
import { HASH_BYTES } from "./merkle.ts";
import type { NoteKey } from "./note-key.ts";
import { verifyNote } from "./note-signing.ts";
import type { KnownSignature } from "./note-signing.ts";
import { parseNote } from "./note.ts";
import type { SignedNote } from "./note.ts";

/** A log's state: how many entries and their root. https://c2sp.org/tlog-checkpoint */
export type Checkpoint = { origin: string; size: number; root: Uint8Array };

/** Whose checkpoints to believe: the log's key signs under the origin as its name. */
export type TrustedLog = { origin: string; logKey: Uint8Array; cosigners?: readonly NoteKey[] };

/** A cosignature that holds. */
export type VerifiedCosignature = { key: NoteKey; timeSeconds: number; signature: Uint8Array };

/** A checkpoint that the log signed, with the cosignatures of known cosigners; or why it is refused. */
export type CheckpointVerdict =
  | { ok: true; checkpoint: Checkpoint; cosignatures: readonly VerifiedCosignature[] }
  | { ok: false; code: CheckpointProblem; detail: string };

/** Why a checkpoint is refused. */
export type CheckpointProblem = "malformed" | "origin" | "unsigned" | "wrong_signature";

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

/** Judges the bytes of a checkpoint by a log's key and known cosigners. Never throws for what a stranger sent. */
export function openCheckpoint(bytes: Uint8Array, log: TrustedLog): CheckpointVerdict {
  try {
    return judge(parseNote(bytes), log);
  } catch (error) {
    if (error instanceof ProtocolError) return refuse("malformed", error.message);
    throw error;
  }
}

function judge(
  note: SignedNote,
  { origin, logKey, cosigners = [] }: TrustedLog,
): CheckpointVerdict {
  const ofLog: NoteKey = { name: origin, type: 0x01, publicKey: logKey };
  const verdict = verifyNote(note, [ofLog, ...cosigners]);
  if (!verdict.ok) return refuse(verdict.code, verdict.detail);
  if (!verdict.known.some(({ key }) => key === ofLog)) {
    return refuse("unsigned", `the key of ${origin} has not signed it`);
  }
  const checkpoint = parseCheckpointText(note.text);
  if (checkpoint.origin !== origin) {
    return refuse("origin", `it is a checkpoint of ${checkpoint.origin}, not of ${origin}`);
  }
  return { ok: true, checkpoint, cosignatures: verdict.known.flatMap(toCosignature) };
}

function toCosignature({ key, signature }: KnownSignature): VerifiedCosignature[] {
  const parts = key.type === 0x04 ? splitCosignature(signature) : null;
  return parts === null ? [] : [{ key, ...parts }];
}

function refuse(code: CheckpointProblem, detail: string): CheckpointVerdict {
  return { ok: false, code, detail };
}

function malformed(detail: string): ProtocolError {
  return new ProtocolError("checkpoint.malformed", `the checkpoint is malformed: ${detail}`);
}
