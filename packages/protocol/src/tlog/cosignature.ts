import { ed25519PublicKey, ed25519Sign } from "#crypto";
import { concat, firstU64, u64, utf8 } from "../bytes.ts";
import { verifyStrict } from "../ed25519.ts";
import { ProtocolError } from "../error.ts";
import { checkpointText } from "./checkpoint-text.ts";
import type { Checkpoint } from "./checkpoint-text.ts";
import { noteKeyId } from "./note-key.ts";
import type { NoteKey } from "./note-key.ts";
import type { NoteSignature } from "./note.ts";

/** A cosignature v1 in its parts: Unix time in seconds, and 64 bytes of Ed25519. https://c2sp.org/tlog-cosignature */
export type Cosignature = { timeSeconds: number; signature: Uint8Array };

const TIME_BYTES = 8;
const BLOB_BYTES = TIME_BYTES + 64;

/** The name under which a node cosigns: `<origin>/node/<node_id>`. */
export function cosignerName(origin: string, nodeId: string): string {
  return `${origin}/node/${nodeId}`;
}

/** The key on whose cosignatures one relies: type 0x04 under the cosigner's name. */
export function cosignerKey(name: string, publicKey: Uint8Array): NoteKey {
  return { name, type: 0x04, publicKey };
}

/** What a cosigner signs: `cosignature/v1`, `time <seconds>` and the note's text, each with its newline. */
function cosignedBytes(text: string, timeSeconds: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${timeSeconds}\n${text}`);
}

/**
 * A cosigner's signature line for a checkpoint, which as such has no extension lines.
 * @param timeSeconds when it is made, Unix seconds; throws `cosignature.time` unless an integer from 0 to 2^53-1,
 * and what `checkpointText` throws
 */
export function cosign(
  checkpoint: Checkpoint,
  { name, seed, timeSeconds }: { name: string; seed: Uint8Array; timeSeconds: number },
): NoteSignature {
  if (!Number.isSafeInteger(timeSeconds) || timeSeconds < 0) {
    throw new ProtocolError("cosignature.time", `${timeSeconds} is not a time in whole seconds`);
  }
  const signature = ed25519Sign(seed, cosignedBytes(checkpointText(checkpoint), timeSeconds));
  const keyId = noteKeyId(cosignerKey(name, ed25519PublicKey(seed)));
  return { name, keyId, signature: joinCosignature({ timeSeconds, signature }) };
}

/** `u64(time) ‖ signature`, as on a signature line. */
function joinCosignature({ timeSeconds, signature }: Cosignature): Uint8Array {
  return concat(u64(timeSeconds), signature);
}

/** The parts of what stands on a signature line; null for another length, or a time above 2^53-1. */
export function splitCosignature(blob: Uint8Array): Cosignature | null {
  if (blob.length !== BLOB_BYTES) return null;
  const timeSeconds = Number(firstU64(blob));
  return Number.isSafeInteger(timeSeconds)
    ? { timeSeconds, signature: blob.subarray(TIME_BYTES) }
    : null;
}

/** Whether `blob` (`u64(time) ‖ signature`) is the key's cosignature of a text. Never throws for bad bytes. */
export function verifyCosignature(publicKey: Uint8Array, text: string, blob: Uint8Array): boolean {
  const parts = splitCosignature(blob);
  if (parts === null) return false;
  return verifyStrict(publicKey, cosignedBytes(text, parts.timeSeconds), parts.signature);
}
