import { equalBytes, rootOfHashes, TILE_WIDTH, tilePath, tileWidth } from "@lucid/protocol";
import type { TileEdge, TreeHead } from "@lucid/protocol";
import { CHECKPOINT, examineEdge } from "../store/index.ts";
import type { Findings } from "./findings.ts";
import type { Hashes, TileFiles } from "../store/index.ts";

/** The tree under a checkpoint, from its root downwards; tiles that contradict what stands above them are named. */
export type CheckedTree = {
  /** The hashes that a tile has in the tree, from its file or the files below it; null when nobody can say. */
  hashes(level: number, index: number): Promise<Hashes | null>;
};

const KEPT_LEVELS = 8;

export async function checkTree(
  head: TreeHead,
  files: TileFiles,
  findings: Findings,
): Promise<CheckedTree> {
  const { edge, faults } = await examineEdge(head, files);
  for (const { path, code, detail } of faults) findings.add(path, code, detail);
  if (edge === null)
    findings.add(
      CHECKPOINT,
      "damaged",
      `tiles and entries of size ${head.size} lead to another root`,
    );
  /** The tile of each level that was asked for last. */
  const last = new Map<number, { index: number; hashes: Hashes | null }>();
  return { hashes };

  async function hashes(level: number, index: number): Promise<Hashes | null> {
    if (level > KEPT_LEVELS) return null;
    const width = tileWidth(head.size, level, index);
    if (width < TILE_WIDTH) return inEdge(edge, level);
    const known = last.get(level);
    if (known?.index === index) return known.hashes;
    const found = await check(level, index);
    last.set(level, { index, hashes: found });
    return found;
  }

  async function check(level: number, index: number): Promise<Hashes | null> {
    const tile = { level, index, width: TILE_WIDTH };
    const above = await hashes(level + 1, Math.floor(index / TILE_WIDTH));
    const expected = above?.[index % TILE_WIDTH] ?? null;
    const written = await files.written(tile);
    if (expected !== null && leadsTo(written, expected)) return written;
    const below = await files.below(tile);
    const isPlausible = expected === null && areEqual(written, below);
    if (isPlausible) return written;
    if (written === null) findings.add(tilePath(tile), "missing", "a full tile of the tree");
    else findings.add(tilePath(tile), "damaged", "it does not hash to what the tile above it says");
    return expected !== null && leadsTo(below, expected) ? below : null;
  }
}

function inEdge(edge: TileEdge | null, level: number): Hashes | null {
  return edge?.levels[level] ?? null;
}

function leadsTo(hashes: Hashes | null, root: Uint8Array): boolean {
  return hashes?.length === TILE_WIDTH && equalBytes(rootOfHashes(hashes), root);
}

function areEqual(a: Hashes | null, b: Hashes | null): boolean {
  if (a === null || b === null || a.length !== b.length) return false;
  return a.every((hash, i) => equalBytes(hash, b[i] as Uint8Array));
}
