import {
  decodeBlockEntry,
  equalBytes,
  leafHash,
  ProtocolError,
  TILE_WIDTH,
  tilePath,
  tileWidth,
} from "@lucid/protocol";
import type { BlockEntry, Tile } from "@lucid/protocol";
import type { Findings } from "./findings.ts";
import type { Hashes, TileFiles } from "../store/index.ts";
import type { CheckedTree } from "./tree.ts";

/** An entry that stands in the tree; null when its bytes are lost or are no entry. */
export type CheckedEntry = { height: number; path: string; entry: BlockEntry | null };

/** Every entry of a tree of `size`; bundles that do not hold what the tree says are named. */
export async function* checkBundles(
  size: number,
  { files, tree, findings }: { files: TileFiles; tree: CheckedTree; findings: Findings },
): AsyncGenerator<CheckedEntry> {
  for (let index = 0; TILE_WIDTH * index < size; index++) {
    const tile: Tile = { level: "entries", index, width: tileWidth(size, "entries", index) };
    const path = tilePath(tile);
    const entries = await files.entries(tile);
    const problem = bundleProblem(entries, await tree.hashes(0, index));
    if (entries === null) findings.add(path, "missing", "the entries of the tree");
    else if (problem !== null) findings.add(path, "damaged", problem);
    for (let i = 0; i < tile.width; i++) {
      const height = TILE_WIDTH * index + i;
      const bytes = problem === null ? entries?.[i] : undefined;
      yield {
        height,
        path,
        entry: bytes === undefined ? null : openEntry(bytes, { height, path }, findings),
      };
    }
  }
}

/** What is wrong with a bundle's entries under the hashes of the tree; null when they are its. */
export function bundleProblem(entries: Hashes | null, hashes: Hashes | null): string | null {
  if (entries === null) return "it is not there";
  if (entries.length === 0) return "it is no bundle of so many entries";
  if (hashes === null) return "neither it nor the tile above it leads to the root";
  const wrong = entries.findIndex(
    (bytes, i) => !equalBytes(leafHash(bytes), hashes[i] ?? new Uint8Array(0)),
  );
  return wrong === -1 ? null : `its entry ${wrong} is not that of the tree`;
}

function openEntry(
  bytes: Uint8Array,
  { height, path }: { height: number; path: string },
  findings: Findings,
): BlockEntry | null {
  try {
    return decodeBlockEntry(bytes);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    findings.add(
      path,
      "damaged",
      `the tree has bytes at height ${height} that are no block entry: ${error.message}`,
    );
    return null;
  }
}
