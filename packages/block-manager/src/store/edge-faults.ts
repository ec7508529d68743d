import { edgeRoot, equalBytes, partialTiles, tilePath } from "@lucid/protocol";
import type { TileEdge, TreeHead } from "@lucid/protocol";
import type { Hashes, TileFiles } from "./tile-hashes.ts";

/** A partial tile that is not there, or not what the checkpoint says. */
export type EdgeFault = { path: string; code: "missing" | "damaged"; detail: string };

type Side = { path: string; level: number; written: Hashes | null; below: Hashes | null };

/**
 * The right edge of a tree: of each partial tile either what its file says or what the files below make, whichever
 * leads to the checkpoint's root. Tiles whose file does not are faulty; the edge is null when nothing leads there.
 */
export async function examineEdge(
  { size, root }: TreeHead,
  files: TileFiles,
): Promise<{ edge: TileEdge | null; faults: EdgeFault[] }> {
  const sides: Side[] = [];
  for (const tile of partialTiles(size)) {
    const [written, below] = [await files.written(tile), await files.below(tile)];
    sides.push({ path: tilePath(tile), level: tile.level as number, written, below });
  }
  for (const chosen of choicesOf(sides)) {
    const edge = toEdge(size, sides, chosen);
    if (!equalBytes(edgeRoot(edge), root)) continue;
    const faults = sides.filter(({ written }, i) => chosen[i] !== written).map(toFault);
    return { edge, faults };
  }
  const unreadable = sides.filter(({ written }) => written === null || written.length === 0);
  return { edge: null, faults: unreadable.map(toFault) };
}

function toFault({ path, written }: Side): EdgeFault {
  return written === null
    ? { path, code: "missing", detail: "a tile at the right edge of the tree" }
    : { path, code: "damaged", detail: "it does not lead to the root of the checkpoint" };
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
