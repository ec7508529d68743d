import { ProtocolError } from "../error.ts";
import { parseCheckpointText } from "./checkpoint-text.ts";
import type { Checkpoint } from "./checkpoint-text.ts";
import { splitCosignature } from "./cosignature.ts";
import type { NoteKey } from "./note-key.ts";
import { verifyNote } from "./note-signing.ts";
import type { KnownSignature } from "./note-signing.ts";
import { parseNote } from "./note.ts";
import type { SignedNote } from "./note.ts";

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
