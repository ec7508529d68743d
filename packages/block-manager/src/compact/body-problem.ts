import { bodyProblem, decodeBody, ProtocolError } from "@lucid/protocol";
import type { BlockHeader } from "@lucid/protocol";

/** Why framed leaves are not the body of a header; null when they are. */
export function problemOf(header: BlockHeader, bytes: Uint8Array): string | null {
  try {
    return bodyProblem(header, decodeBody(bytes))?.detail ?? null;
  } catch (error) {
    if (error instanceof ProtocolError) return error.message;
    throw error;
  }
}
