import { blockRoutes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { formatProofFile, inclusionProof, inclusionRanges, toHex } from "@lucid/protocol";
import type { Bodies } from "../compact/index.ts";
import { type Head, headToCheckpoint, type Store, type StoredEntry } from "../store/index.ts";
import type { Blocks } from "./blocks.ts";
import type { BodyTrees } from "./body-trees.ts";
import { checkpointToView, entryToView } from "./views.ts";

export type BlockRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly store: Pick<Store, "head" | "network" | "subtrees">;
  readonly blocks: Blocks;
  readonly bodyTrees: BodyTrees;
  readonly bodies: Pick<Bodies, "bodyAt">;
};

const immutable = { "cache-control": "public, max-age=31536000, immutable" };
const proofFileType = { "content-type": "text/plain; charset=utf-8" };

/** Blocks, their bodies and proofs, for whoever asks. */
export const registerBlockRoutes = (deps: BlockRoutesDeps): void => {
  const { http, store, blocks, bodyTrees, bodies } = deps;
  const { network } = store;

  /** An entry's path to the root of the checkpoint that is published now. */
  const proveEntry = async ({
    height,
  }: StoredEntry): Promise<{ head: Head; path: Uint8Array[] }> => {
    const head = store.head();
    const hashOf = await store.subtrees(inclusionRanges(height, head.size));
    return { head, path: inclusionProof(height, head.size, hashOf) };
  };
  const proveLeaf = async ({ entry: { header } }: StoredEntry, index: number) => {
    const proven = await bodyTrees.prove(header, index);
    if (proven !== null) return { index, bytes: toHex(proven.bytes), path: proven.path.map(toHex) };
    const detail = `Block ${header.height} has ${header.body_count} leaves, so there is no leaf ${index}.`;
    throw new ApiProblem("blocks.leaf_unknown", detail);
  };

  http.route(blockRoutes.listBlocks, async ({ query }) => {
    const { entries, pagination } = await blocks.list(query);
    return { items: entries.map((one) => entryToView(network, one)), pagination };
  });
  http.route(blockRoutes.getLatestBlock, async () => entryToView(network, await blocks.latest()));
  http.route(blockRoutes.getBlock, async ({ params, reply }) =>
    reply(200, entryToView(network, await blocks.find(params.block)), immutable),
  );
  http.route(blockRoutes.getBlockBody, async ({ params, reply }) => {
    const { height } = await blocks.find(params.block);
    return reply(200, await bodies.bodyAt(height), immutable);
  });
  http.route(blockRoutes.getBlockProof, async ({ params, query, reply }) => {
    const stored = await blocks.find(params.block);
    const { head, path } = await proveEntry(stored);
    if (query.format === "tlog-proof") {
      const { height: index } = stored;
      const file = formatProofFile({ index, hashes: path, checkpoint: head.note });
      return reply(200, file, proofFileType);
    }
    return {
      height: stored.height,
      header_hash: entryToView(network, stored).header_hash,
      entry: { bytes: toHex(stored.bytes), path: path.map(toHex) },
      leaf: query.leaf === undefined ? null : await proveLeaf(stored, query.leaf),
      checkpoint: checkpointToView(headToCheckpoint(network.genesis, head)),
    };
  });
};
