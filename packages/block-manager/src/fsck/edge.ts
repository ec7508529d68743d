import { edgeRoot, equalBytes, partialTiles, tilePath } from "@lucid/protocol";
import type { TileEdge, TreeHead } from "@lucid/protocol";
import { CHECKPOINT } from "../store/index.ts";
import type { Findings } from "./findings.ts";
import type { Hashes, TileFiles } from "./tile-hashes.ts";

type Side = { path: string; level: number; written: Hashes | null; below: Hashes | null };

/**
 * The right edge of a tree: of each partial tile either what its file says or what the files below make, whichever
 * leads to the checkpoint's root; a tile whose file does not is named. Null when nothing does.
 */
export async function checkEdge(
  { size, root }: TreeHead,
  files: TileFiles,
  findings: Findings,
): Promise<TileEdge | null> {
  const sides: Side[] = [];
  for (const tile of partialTiles(size)) {
    const [written, below] = [await files.written(tile), await files.below(tile)];
    sides.push({ path: tilePath(tile), level: tile.level as number, written, below });
  }
  for (const chosen of choicesOf(sides)) {
    const edge = toEdge(size, sides, chosen);
    if (!equalBytes(edgeRoot(edge), root)) continue;
    for (const [i, side] of sides.entries()) if (chosen[i] !== side.written) report(findings, side);
    return edge;
  }
  for (const side of sides)
    if (side.written === null || side.written.length === 0) report(findings, side);
  findings.add(
    CHECKPOINT,
    "damaged",
    `the tiles and entries of size ${size} lead to another root than it says`,
  );
  return null;
}

function report(findings: Findings, { path, written }: Side): void {
  if (written === null) findings.add(path, "missing", "a tile at the right edge of the tree");
  else findings.add(path, "damaged", "it does not lead to the root of the checkpoint");
}

/** Every way to choose a side of each tile, the files as they are first. */
function* choicesOf(sides: readonly Side[]): Generator<Hashes[]> {
  for (let bits = 0; bits < 2 ** sides.length; bits++) {
    const chosen = sides.map(({ written, below }, i) => ((bits >> i) % 2 === 0 ? written : below));
    if (chosen.every((hashes) => hashes !== null && hashes.length > 0)) yield chosen as Hashes[];
  }
}

function toEdge(size: number, sides: readonly Side[], chosen: readonly Hashes[]): TileEdge {
  const levels: Hashes[] = [];
  for (const [i, { level }] of sides.entries()) levels[level] = chosen[i] as Hashes;
  return { size, levels: Array.from(levels, (hashes) => hashes ?? []) };
}
