import vectors from "../../../../vectors/tiles.json" with { type: "json" };
import { fromHex, sha256, toHex, u64 } from "../bytes.ts";
import { decodeBundle, encodeBundle } from "../tlog/entry-bundle.ts";
import { leafHash } from "../tlog/merkle.ts";
import { edgeRoot, EMPTY_EDGE, growTiles } from "../tlog/tile-edge.ts";
import { grownBundles, grownTiles, parseTilePath, TILE_WIDTH, tilePath } from "../tlog/tiles.ts";
import { refusal } from "./outcome.ts";

export function recomputeTiles() {
  return {
    paths: vectors.paths.map(({ path }) => {
      const tile = parseTilePath(path);
      return { ...tile, path: tile === null ? null : tilePath(tile) };
    }),
    trees: recomputeTrees(),
    growth: vectors.growth.map(({ from, to }) => ({
      from,
      to,
      tiles: grownTiles(from, to).map(tilePath),
      bundles: grownBundles(from, to).map(tilePath),
    })),
    bundles: vectors.bundles.map(({ lengths }) => {
      const entries = lengths.map((length, i) => new Uint8Array(length).fill(i));
      const bytes = encodeBundle(entries);
      const back = decodeBundle(bytes, lengths.length);
      return { lengths: back.map(({ length }) => length), bytes_hash: toHex(sha256(bytes)) };
    }),
    refused_bundles: vectors.refused_bundles.filter(
      ({ bytes, width }) => refusal(() => decodeBundle(fromHex(bytes), width)) === "tlog.bundle",
    ),
  };
}

/** One log that grows through all the sizes. */
function recomputeTrees() {
  let edge = EMPTY_EDGE;
  return vectors.trees.map(({ size }) => {
    const added = Array.from({ length: size - edge.size }, (_, i) => leafHash(u64(edge.size + i)));
    const grown = growTiles(edge, added);
    edge = grown.edge;
    return { size, root: toHex(edgeRoot(edge)), edge: partialsOf(edge) };
  });
}

function partialsOf({ size, levels }: typeof EMPTY_EDGE) {
  return levels.flatMap((hashes, level) => {
    if (hashes.length === 0) return [];
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    const path = tilePath({ level, index, width: hashes.length });
    return [{ path, bytes_hash: toHex(sha256(...hashes)) }];
  });
}
