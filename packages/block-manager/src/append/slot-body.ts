import type { SealedSlot } from "@lucid/api";
import { decodeBody, fitBody, ProtocolError } from "@lucid/protocol";
import type { Body, Genesis } from "@lucid/protocol";
import type { AppendRefusal } from "./contract.ts";
import { refuse } from "./refusal.ts";

/** The body of a slot, or why it is none that a block may have. */
export function openBody(
  { max_body_bytes }: Genesis,
  { slot, body: bytes }: SealedSlot,
): { ok: true; body: Body } | AppendRefusal {
  try {
    const body = decodeBody(bytes);
    const { deferred } = fitBody(body, max_body_bytes);
    if (deferred.length === 0) return { ok: true, body };
    const detail = `slot ${slot}: ${deferred.length} records have to wait, so that the body has at most ${max_body_bytes} bytes`;
    return refuse("blocks.body", detail, { slot });
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const { leaf } = error.details;
    const place = typeof leaf === "number" ? { slot, leaf } : { slot };
    return refuse("blocks.body", `slot ${slot}: ${error.message}`, place);
  }
}
