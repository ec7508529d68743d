import { parseTilePath, tilePath, tileWidth } from "@lucid/protocol";
import type { Tile } from "@lucid/protocol";

/** The genesis document in its canonical form. */
export const NETWORK = "network.json";
/** The published checkpoint. */
export const CHECKPOINT = "checkpoint";
export const QUARANTINE = "quarantine";
/** What a follower remembers of how far it has come. */
export const MIRROR = "mirror";

/** Beside the directory of a log: says that one lives there, so that a disk that is not mounted is noticed. */
export const MARKER = "log.json";
/** The directory of the log in the data folder. */
export const LOG_FOLDER = "log";

export const bodyPath = (height: number): string => `body/${height}`;
export const compactPath = (epoch: number): string => `compact/${epoch}`;

/** The height of a body's path; null for anything that `bodyPath` would not write. */
export const parseBodyPath = (path: string): number | null => numberBelow("body/", path);
/** The epoch of a compacted epoch's path; null for anything that `compactPath` would not write. */
export const parseCompactPath = (path: string): number | null => numberBelow("compact/", path);

/** Where a file goes that does not verify. */
export const quarantinePath = (path: string): string =>
  `${QUARANTINE}/${path.replaceAll("/", "_")}`;
/** Why a file is in quarantine. */
export const reasonPath = (path: string): string => `${quarantinePath(path)}.reason`;

/** The folder of a tile's partial forms. */
export const partialsPath = ({ level, index }: Omit<Tile, "width">): string =>
  `${tilePath({ level, index, width: 256 })}.p`;

/** The tile at a path, when a tree of `size` entries has it in that width or a wider one; null when not. */
export const tileWithin = (path: string, size: number): Tile | null => {
  const tile = parseTilePath(path);
  return tile !== null && tile.width <= tileWidth(size, tile.level, tile.index) ? tile : null;
};

const numberBelow = (prefix: string, path: string): number | null => {
  const digits = path.startsWith(prefix) ? path.slice(prefix.length) : "";
  const number = /^(0|[1-9][0-9]*)$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
};
