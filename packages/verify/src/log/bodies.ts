import { bodyProblem, decodeBody, ProtocolError } from "@lucid/protocol";
import type { BlockHeader, BlockNetwork, Body } from "@lucid/protocol";
import type { Source } from "../source.ts";
import { compactPlace } from "./compact-file.ts";
import { createCompactedBodies } from "./compacted.ts";
import { LogError } from "./log-error.ts";
import type { LogPlace } from "./log-error.ts";

/** A node's beacon, cosignature, enrolment, commitment or leader signature: leaves that a body has without a limit. */
const MAX_UNLIMITED_LEAF_BYTES = 1024;
/** Whatever a header says of its body that nobody has checked yet. */
const MAX_BODY_BYTES = 256 * 2 ** 20;

/** A body without leaves needs no file. */
const NO_LEAVES = new Uint8Array(0);

/** The bodies that headers name. */
export type Bodies = {
  /** The bytes of a body as it stands in the source; null when it is to be rebuilt. Many may be read at once. */
  fetch(header: BlockHeader, signal?: AbortSignal): Promise<Uint8Array | null>;
  /**
   * The body in what was fetched, or rebuilt from compacted epochs, best in ascending height. Throws `body`,
   * `body_missing`, `body_count`, `body_root`, `observed`, `compact`.
   */
  open(header: BlockHeader, fetched: Uint8Array | null): Promise<Body>;
};

export function createBodies(source: Source, network: BlockNetwork): Bodies {
  const compacted = createCompactedBodies(source, network);
  return {
    async fetch({ height, body_count }, signal) {
      if (body_count === 0) return NO_LEAVES;
      if (compacted.isOpen(height)) return null;
      const said = network.genesis.max_body_bytes + MAX_UNLIMITED_LEAF_BYTES * body_count;
      const maxBytes = Math.min(said, MAX_BODY_BYTES);
      return await source.read(bodyPath(height), {
        maxBytes,
        ...(signal === undefined ? {} : { signal }),
      });
    },

    async open(header, fetched) {
      const { height } = header;
      if (fetched !== null)
        return proven(header, decode(height, fetched), { path: bodyPath(height) });
      const rebuilt = await compacted.body(height);
      if (rebuilt === null) throw missing(height);
      return proven(header, rebuilt, compactPlace(network.genesis, height));
    },
  };
}

export function bodyPath(height: number): string {
  return `body/${height}`;
}

function decode(height: number, bytes: Uint8Array): Body {
  try {
    return decodeBody(bytes);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const { leaf } = error.details as { leaf?: number };
    const place = { height, path: bodyPath(height), ...(leaf === undefined ? {} : { leaf }) };
    throw new LogError("body", place, error.message, { cause: error });
  }
}

function proven(header: BlockHeader, body: Body, file: Pick<LogPlace, "path">): Body {
  const problem = bodyProblem(header, body);
  if (problem === null) return body;
  throw new LogError(problem.code, { height: header.height, ...file }, problem.detail);
}

function missing(height: number): LogError {
  const path = bodyPath(height);
  const detail = `there is neither ${path} nor every compacted epoch that it follows from`;
  return new LogError("body_missing", { height, path }, detail);
}
