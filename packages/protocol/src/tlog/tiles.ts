/** Hashes in a full tile, and entries in a full bundle. */
export const TILE_WIDTH = 256;

const LEVELS = 7; // 256^7 is above 2^53: no tree has a tile there

/**
 * One resource of a log: `width` (1 to 256) hashes from `256·index` on of tile level `level`, each the root of
 * `256^level` leaves; or as many entries. https://c2sp.org/tlog-tiles
 */
export type Tile = { level: number | "entries"; index: number; width: number };

/** `tile/0/x001/x234/067`, with `.p/<width>` when it is partial: where a tile stands below a log's prefix. */
export function tilePath({ level, index, width }: Tile): string {
  const partial = width === TILE_WIDTH ? "" : `.p/${width}`;
  return `tile/${level}/${groupsOfThree(index)}${partial}`;
}

/** The tile at a path; null for anything that `tilePath` would not write. */
export function parseTilePath(path: string): Tile | null {
  const match =
    /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  if (match === null) return null;
  const [, level, groups = "", partial] = match;
  const tile: Tile = {
    level: level === "entries" ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, "")),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  };
  const isTile =
    tile.width >= 1 && tile.width <= TILE_WIDTH && (level === "entries" || Number(level) < 64);
  return isTile && Number.isSafeInteger(tile.index) && tilePath(tile) === path ? tile : null;
}

/** How many hashes the tile at `level` and `index` has in a tree of `size` leaves, 0 when there is none. */
export function tileWidth(size: number, level: Tile["level"], index: number): number {
  const beyond = hashesAt(size, level) - TILE_WIDTH * index;
  return Math.max(0, Math.min(TILE_WIDTH, beyond));
}

/** The partial tiles of hashes of a tree, lowest level first: its right edge. */
export function partialTiles(size: number): Tile[] {
  return tileLevels().flatMap((level) => {
    const width = hashesAt(size, level) % TILE_WIDTH;
    return width === 0
      ? []
      : [{ level, index: Math.floor(hashesAt(size, level) / TILE_WIDTH), width }];
  });
}

/** The tiles of hashes that are new, or wider, in a tree that grew: each in its last width only. */
export function grownTiles(fromSize: number, toSize: number): Tile[] {
  return tileLevels().flatMap((level) => grownAt(level, fromSize, toSize));
}

/** The entry bundles that are new, or hold more, in a log that grew. */
export function grownBundles(fromSize: number, toSize: number): Tile[] {
  return grownAt("entries", fromSize, toSize);
}

function grownAt(level: Tile["level"], fromSize: number, toSize: number): Tile[] {
  const known = hashesAt(fromSize, level);
  const count = hashesAt(toSize, level);
  const first = Math.floor(known / TILE_WIDTH);
  const tiles = Math.max(0, Math.ceil(count / TILE_WIDTH) - first);
  if (count <= known) return [];
  return Array.from({ length: tiles }, (_, i) => ({
    level,
    index: first + i,
    width: tileWidth(toSize, level, first + i),
  }));
}

/** How many hashes a tile level has: only full tiles are hashed upwards. */
function hashesAt(size: number, level: Tile["level"]): number {
  return level === "entries" ? size : Math.floor(size / TILE_WIDTH ** level);
}

function tileLevels(): number[] {
  return Array.from({ length: LEVELS }, (_, level) => level);
}

/** Groups of three digits, all but the last with an x: 1234067 is `x001/x234/067`. */
function groupsOfThree(index: number): string {
  const digits = index.toString();
  const padded = digits.padStart(3 * Math.ceil(digits.length / 3), "0");
  const groups = padded.match(/.{3}/g) ?? [];
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
}
