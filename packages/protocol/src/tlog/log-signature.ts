import { fromHex, isHex, utf8 } from "../bytes.ts";
import { verifyStrict } from "../ed25519.ts";
import { ProtocolError } from "../error.ts";
import { checkpointText } from "./checkpoint-text.ts";

/** A checkpoint without the note around it: root (32 bytes) and signature of the log key (64 bytes) in hex. */
export type SignedCheckpoint = { size: number; root: string; signature: string };

/** Whether whatever was received has the form of one; who signed it is another question. Nothing beside its fields counts. */
export function isSignedCheckpoint(value: unknown): value is SignedCheckpoint {
  if (typeof value !== "object" || value === null) return false;
  const { size, root, signature } = value as Record<keyof SignedCheckpoint, unknown>;
  return (
    Number.isSafeInteger(size) && (size as number) >= 0 && isHex(root, 32) && isHex(signature, 64)
  );
}

/**
 * Whether the log signed this size and root: its Ed25519 over the text that origin, size and root make, as on the
 * log's line of the checkpoint (tlog-checkpoint). False for whatever is no checkpoint; never throws.
 * @param log the genesis' `log_origin` and `log_key` (hex), or those that a key_change put in force
 */
export function isSignedByLog(
  { size, root, signature }: SignedCheckpoint,
  log: { origin: string; logKey: string },
): boolean {
  try {
    const text = checkpointText({ origin: log.origin, size, root: fromHex(root, 32) });
    return verifyStrict(fromHex(log.logKey, 32), utf8(text), fromHex(signature, 64));
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}
