import {
  concat,
  encodeBlockEntry,
  encodeBody,
  encodeBundle,
  growTiles,
  grownBundles,
  leafHash,
  partialTiles,
  TILE_WIDTH,
  tilePath,
} from "@lucid/protocol";
import type { TileEdge } from "@lucid/protocol";
import type { LogBlock } from "@lucid/verify";
import type { DiskFile } from "../disk/index.ts";
import { bodyPath } from "../store/index.ts";
import type { Progress } from "./progress.ts";

/** Verified blocks on their way to the disk. */
export type Growth = {
  /** Takes the next block; its body as a file unless it will follow from compacted epochs. */
  add(block: LogBlock, keepsBody: boolean): void;
  /** Bytes of bodies that wait. */
  waitingBytes(): number;
  /** The body files that wait. */
  takeBodies(): DiskFile[];
  /** Whether every entry so far fills whole bundles. */
  isAligned(): boolean;
  /** Entries that wait. */
  waitingEntries(): number;
  /** The full bundles and tiles since the last time, or all of them up to the right edge, and how far they reach. */
  takeTiles(isEnd: boolean): { files: DiskFile[]; progress: Progress };
};

/** @param open the entries of the bundle that is not full at `start` */
export function createGrowth(start: Progress, open: readonly Uint8Array[]): Growth {
  let { edge, state } = start;
  let bundled = edge.size - open.length; // a multiple of 256: entries from here on wait for their bundle
  let entries = [...open];
  let hashes: Uint8Array[] = [];
  let bodies: DiskFile[] = [];
  let bodyBytes = 0;

  const size = () => bundled + entries.length;
  const bundleFiles = (until: number): DiskFile[] =>
    grownBundles(bundled, until).map((bundle) => {
      const from = bundle.index * TILE_WIDTH - bundled;
      const bytes = encodeBundle(entries.slice(from, from + bundle.width));
      return { path: tilePath(bundle), bytes };
    });

  return {
    add: ({ height, entry, body, state: after }, keepsBody) => {
      const bytes = encodeBlockEntry(entry);
      entries.push(bytes);
      hashes.push(leafHash(bytes));
      state = after;
      if (!keepsBody || body.length === 0) return;
      const framed = encodeBody(body);
      bodies.push({ path: bodyPath(height), bytes: framed });
      bodyBytes += framed.length;
    },
    waitingBytes: () => bodyBytes,
    takeBodies: () => {
      const taken = bodies;
      [bodies, bodyBytes] = [[], 0];
      return taken;
    },
    isAligned: () => size() % TILE_WIDTH === 0,
    waitingEntries: () => hashes.length,
    takeTiles: (isEnd) => {
      const grown = growTiles(edge, hashes);
      ({ edge } = grown);
      const full = grown.tiles.filter(({ tile }) => tile.width === TILE_WIDTH);
      const files = [
        ...bundleFiles(size()),
        ...full.map(({ tile, bytes }) => ({ path: tilePath(tile), bytes })),
        ...(isEnd ? edgeFiles(edge) : []),
      ];
      hashes = [];
      const rest = size() % TILE_WIDTH;
      bundled = size() - rest;
      entries = rest === 0 ? [] : entries.slice(-rest);
      return { files, progress: { edge, state } };
    },
  };
}

/** The partial tiles at the right edge: those of a batch in between belong to no checkpoint. */
function edgeFiles({ size, levels }: TileEdge): DiskFile[] {
  return partialTiles(size).map((tile) => ({
    path: tilePath(tile),
    bytes: concat(...(levels[tile.level as number] ?? [])),
  }));
}
