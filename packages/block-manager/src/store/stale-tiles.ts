import { grownBundles, grownTiles, TILE_WIDTH } from "@lucid/protocol";
import { partialsPath } from "./layout.ts";

/** How many entries after a tile became full its partial forms are kept, for readers of older checkpoints. */
export const PARTIALS_KEPT_FOR = 256;

/** The folders of partial tiles and bundles that nobody needs any more since a log grew from one size to another. */
export const stalePartials = (fromSize: number, toSize: number): string[] => {
  const [from, to] = [fromSize, toSize].map((size) => Math.max(0, size - PARTIALS_KEPT_FOR));
  if (from === undefined || to === undefined) return [];
  return [...grownTiles(from, to), ...grownBundles(from, to)]
    .filter(({ width }) => width === TILE_WIDTH)
    .map(partialsPath);
};
