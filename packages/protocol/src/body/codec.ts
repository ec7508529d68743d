import { toHex } from "../bytes.ts";
import { ProtocolError } from "../error.ts";
import { merkleRoot } from "../tlog/merkle.ts";
import { assertOrder, toBodyLeaf } from "./order.ts";
import type { Body, BodyLeaf } from "./order.ts";

const LENGTH_BYTES = 4;

/** How many bytes a leaf takes in a framed body. */
export function framedLength(leaf: Uint8Array): number {
  return LENGTH_BYTES + leaf.length;
}

/**
 * `u32(length) ‖ leaf`, big-endian, for each leaf of a body in order; throws `body.order`, `body.duplicate` or
 * `body.two_beacons` when it is none.
 */
export function encodeBody(body: Body): Uint8Array {
  assertOrder(body);
  return frameLeaves(body.map(({ bytes }) => bytes));
}

/**
 * The body in framed bytes, which must be exactly what `encodeBody` writes. The leaves are views of `bytes`.
 * Throws `body.framing`, and everything `createBody` and `parseLeaf` throw, with `details.leaf`, the leaf's index.
 */
export function decodeBody(bytes: Uint8Array): Body {
  const body = unframeLeaves(bytes).map(toIndexedLeaf);
  assertOrder(body);
  return body;
}

/** RFC 6962 root over the leaves of a body, in hex. */
export function bodyRoot(body: Body): string {
  return toHex(merkleRoot(body.map(({ bytes }) => bytes)));
}

/** `u32(length) ‖ leaf` for each leaf, in whatever order. */
export function frameLeaves(leaves: readonly Uint8Array[]): Uint8Array {
  const framed = new Uint8Array(leaves.reduce((sum, leaf) => sum + framedLength(leaf), 0));
  const view = new DataView(framed.buffer);
  let at = 0;
  for (const leaf of leaves) {
    view.setUint32(at, leaf.length);
    framed.set(leaf, at + LENGTH_BYTES);
    at += framedLength(leaf);
  }
  return framed;
}

/** The leaves in framed bytes, as views; throws `body.framing` when a length does not fit. */
export function unframeLeaves(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const leaves: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const from = at + LENGTH_BYTES;
    at = from <= bytes.length ? from + view.getUint32(at) : from;
    if (at > bytes.length) {
      throw new ProtocolError("body.framing", `leaf ${leaves.length} ends after the body`, {
        leaf: leaves.length,
      });
    }
    leaves.push(bytes.subarray(from, at));
  }
  return leaves;
}

/** Says of a leaf that is refused where it stands. */
function toIndexedLeaf(bytes: Uint8Array, leaf: number): BodyLeaf {
  try {
    return toBodyLeaf(bytes);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new ProtocolError(error.code, `leaf ${leaf}: ${error.message}`, {
      ...error.details,
      leaf,
    });
  }
}
