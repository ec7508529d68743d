import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, u64 } from "../bytes.ts";
import { decodeBundle, encodeBundle } from "./entry-bundle.ts";
import { leafHash, rootOfHashes } from "./merkle.ts";
import { consistencyProof, consistencyRanges, inclusionProof, inclusionRanges } from "./proof.ts";
import { subtreesOf } from "./subtrees.ts";
import { edgeRoot, EMPTY_EDGE, growTiles, readEdge } from "./tile-edge.ts";
import { createTileReader, tilesToRead } from "./tile-reader.ts";
import type { ReadTile } from "./tile-reader.ts";
import {
  grownBundles,
  grownTiles,
  parseTilePath,
  partialTiles,
  tilePath,
  tileWidth,
} from "./tiles.ts";
import type { Tile } from "./tiles.ts";

const SIZES = [0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000];
const leaves = Array.from({ length: 70_000 }, (_, i) => leafHash(u64(i)));
const hashOf = subtreesOf(leaves);

/** A log that grew through these sizes; nothing is deleted. */
function grow(...sizes: number[]) {
  const stored = new Map<string, Uint8Array>();
  let edge = EMPTY_EDGE;
  for (const size of sizes) {
    const grown = growTiles(edge, leaves.slice(edge.size, size));
    expect(grown.tiles.map(({ tile }) => tile)).toEqual(grownTiles(edge.size, size));
    for (const { tile, bytes } of grown.tiles) stored.set(tilePath(tile), bytes);
    edge = grown.edge;
  }
  const read: ReadTile = (tile) => stored.get(tilePath(tile)) ?? null;
  return { stored, edge, read };
}

describe("growing", () => {
  test("through every size of interest writes what one step would", () => {
    const steps = grow(...SIZES);
    for (const size of SIZES) {
      const { edge, stored } = grow(size);
      expect(edgeRoot(edge)).toEqual(rootOfHashes(leaves.slice(0, size)));
      for (const [path, bytes] of stored) expect(steps.stored.get(path)).toEqual(bytes);
    }
  });

  test("goes on from the tiles that were written", () => {
    const anySizes = fc.tuple(fc.nat({ max: 70_000 }), fc.nat({ max: 70_000 }));
    fc.assert(
      fc.property(anySizes, ([a, b]) => {
        const [small, large] = [Math.min(a, b), Math.max(a, b)];
        const { edge, stored } = grow(small);
        const restarted = readEdge(small, (tile) => stored.get(tilePath(tile)) as Uint8Array);
        const grown = growTiles(restarted, leaves.slice(small, large)).edge;
        expect(growTiles(edge, leaves.slice(small, large)).edge).toEqual(grown);
        expect(edgeRoot(grown)).toEqual(rootOfHashes(leaves.slice(0, large)));
      }),
      { numRuns: 10 },
    );
  });

  test("70000 entries make the tiles of the specification's example", () => {
    expect(partialTiles(70_000).map(tilePath)).toEqual([
      "tile/0/273.p/112",
      "tile/1/001.p/17",
      "tile/2/000.p/1",
    ]);
    expect(grownTiles(0, 70_000)).toHaveLength(274 + 2 + 1);
    expect(partialTiles(256).map(tilePath)).toEqual(["tile/1/000.p/1"]);
    expect(grownTiles(0, 256).map(tilePath)).toEqual(["tile/0/000", "tile/1/000.p/1"]);
    expect(grownBundles(255, 513).map(tilePath)).toEqual([
      "tile/entries/000",
      "tile/entries/001",
      "tile/entries/002.p/1",
    ]);
    expect(grownTiles(7, 7)).toEqual([]);
    expect(grownBundles(256, 256)).toEqual([]);
  });

  test("never asks for an empty tile, and wraps nowhere", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (any) => {
        const size = Math.abs(any);
        for (const { level, index, width } of partialTiles(size)) {
          expect(width).toBe(Number((BigInt(size) / 256n ** BigInt(level)) % 256n));
          expect(tileWidth(size, level, index)).toBe(width);
          expect(tileWidth(size, level, index + 1)).toBe(0);
          expect(tileWidth(size, level, Math.max(0, index - 1))).toBe(index > 0 ? 256 : width);
        }
      }),
    );
  });
});

describe.each(SIZES.slice(1))("reading %s entries from tiles", (size) => {
  const { stored, read } = grow(size);
  const root = rootOfHashes(leaves.slice(0, size));

  test("gives the proofs of the tree, from the tiles that were planned", () => {
    fc.assert(
      fc.property(fc.nat({ max: size - 1 }), (index) => {
        const ranges = [...inclusionRanges(index, size), ...consistencyRanges(index, size)];
        const planned = new Set(tilesToRead(size, ranges).map(tilePath));
        const onlyPlanned: ReadTile = (tile) => (planned.has(tilePath(tile)) ? read(tile) : null);
        const reader = createTileReader({ size, root }, onlyPlanned);
        expect(inclusionProof(index, size, reader)).toEqual(inclusionProof(index, size, hashOf));
        expect(consistencyProof(index, size, reader)).toEqual(
          consistencyProof(index, size, hashOf),
        );
      }),
      { numRuns: 20 },
    );
  });

  test("refuses a tile in which one bit differs, one that is cut, and one that is missing", () => {
    const needed = [0, size - 1].flatMap((index) =>
      tilesToRead(size, inclusionRanges(index, size)),
    );
    const prove = (lie: (tile: Tile) => Uint8Array | null) => () => {
      const reader = createTileReader({ size, root }, lie);
      for (const index of [0, size - 1]) inclusionProof(index, size, reader);
    };
    for (const victim of needed) {
      const path = tilePath(victim);
      const bytes = stored.get(path) as Uint8Array;
      const lies: [Uint8Array | null, string[]][] = [
        [bytes.with(bytes.length - 1, (bytes.at(-1) as number) ^ 1), ["tlog.root", "tlog.tile"]],
        [bytes.subarray(1), ["tlog.tile_length"]],
        [null, ["tlog.tile_missing"]],
      ];
      for (const [lie, codes] of lies) {
        const error = caught(prove((tile) => (tilePath(tile) === path ? lie : read(tile))));
        expect(codes).toContain(error);
      }
    }
  });

  test("refuses another root", () => {
    expect(caught(() => createTileReader({ size, root: leafHash(root) }, read))).toBe("tlog.root");
  });
});

function caught(action: () => unknown): unknown {
  try {
    action();
    return null;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

describe("paths", () => {
  test.each<[Tile, string]>([
    [{ level: 0, index: 1_234_067, width: 256 }, "tile/0/x001/x234/067"],
    [{ level: 0, index: 0, width: 1 }, "tile/0/000.p/1"],
    [{ level: "entries", index: 999, width: 255 }, "tile/entries/999.p/255"],
    [{ level: "entries", index: 1000, width: 256 }, "tile/entries/x001/000"],
    [{ level: 63, index: 5, width: 256 }, "tile/63/005"],
  ])("%j stands at %s", (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  test("lead back to their tiles", () => {
    const level = fc.oneof(fc.nat({ max: 63 }), fc.constant("entries" as const));
    const tile = fc.record({
      level,
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (any) => {
        expect(parseTilePath(tilePath(any))).toEqual(any);
      }),
    );
  });

  test.each([
    "tile/0/000.p/0",
    "tile/0/000.p/256",
    "tile/0/000.p/01",
    "tile/00/000",
    "tile/64/000",
    "tile/0/0",
    "tile/0/x000/001",
    "tile/0/001/002",
    "tile/0/x001",
    "tile/0/x001/x002",
    "tile/-1/000",
    "tile/entry/000",
    "/tile/0/000",
    "tile/0/000/",
    "tile/0/000\n",
    "tile/0/../000",
    `tile/0/${"x999/".repeat(6)}999`,
    `tile/0/${"x999/".repeat(5)}999`,
  ])("%s is none", (path) => {
    expect(parseTilePath(path)).toBeNull();
  });
});

describe("entry bundles", () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 20 });

  test("give back what was put in, also when written in two goes", () => {
    fc.assert(
      fc.property(entries, entries, (first, second) => {
        const whole = encodeBundle([...first, ...second]);
        expect(concat(encodeBundle(first), encodeBundle(second))).toEqual(whole);
        expect(decodeBundle(whole, first.length + second.length)).toEqual([...first, ...second]);
      }),
    );
  });

  test("hold entries of 0 and of 65535 bytes, and refuse 65536", () => {
    const [empty, largest] = [new Uint8Array(0), new Uint8Array(65_535).fill(7)];
    expect(decodeBundle(encodeBundle([empty, largest, empty]), 3)).toEqual([empty, largest, empty]);
    expect(caught(() => encodeBundle([new Uint8Array(65_536)]))).toBe("tlog.entry_length");
  });

  test("are refused when cut, continued, or of another number of entries", () => {
    const bytes = encodeBundle([u64(1), u64(2)]);
    const cut = Array.from({ length: bytes.length }, (_, length) => bytes.subarray(0, length));
    for (const less of cut) expect(caught(() => decodeBundle(less, 2))).toBe("tlog.bundle");
    const wrong = [
      [concat(bytes, Uint8Array.of(0)), 2],
      [concat(bytes, Uint8Array.of(0, 0)), 2],
      [bytes, 3],
      [new Uint8Array(0), 0],
      [encodeBundle(Array.from({ length: 257 }, () => u64(0))), 257],
    ] as const;
    for (const [given, width] of wrong) {
      expect(caught(() => decodeBundle(given, width))).toBe("tlog.bundle");
    }
  });
});
