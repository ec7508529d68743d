import vectors from "../../../../vectors/body.json" with { type: "json" };
import { bodyRoot, decodeBody, encodeBody } from "../body/codec.ts";
import { fitBody } from "../body/fit.ts";
import { createBody } from "../body/order.ts";
import { fromHex, toHex } from "../bytes.ts";
import { ProtocolError } from "../error.ts";

export function recomputeBody() {
  return {
    bodies: vectors.bodies.map(({ case: name, leaves }) => {
      const bytes = encodeBody(bodyOf(leaves));
      const body = decodeBody(bytes);
      return { case: name, leaves, body: toHex(bytes), count: body.length, root: bodyRoot(body) };
    }),
    fits: vectors.fits.map(({ case: name, leaves, max_bytes }) => {
      const { sealed, deferred } = fitBody(bodyOf(leaves), max_bytes);
      return {
        case: name,
        leaves,
        max_bytes,
        sealed_root: bodyRoot(sealed),
        sealed: sealed.length,
        deferred: deferred.map(({ bytes }) => toHex(bytes)),
      };
    }),
    refused: vectors.refused.map(({ case: name, body }) => ({
      case: name,
      body,
      ...refusalOf(fromHex(body)),
    })),
  };
}

function bodyOf(leaves: readonly string[]) {
  return createBody(leaves.map((leaf) => fromHex(leaf)));
}

function refusalOf(bytes: Uint8Array) {
  try {
    decodeBody(bytes);
    return { code: null };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return { code: error.code, leaf: error.details["leaf"] };
  }
}
