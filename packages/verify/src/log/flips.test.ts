import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  filesToSource,
  honestDrafts,
  logFiles,
  readAll,
  sealBlocks,
  testNetwork,
} from "../testing/index.ts";
import type { Files } from "../testing/index.ts";
import { LogError, openLog } from "./index.ts";
import type { Log } from "./index.ts";

const SLOTS = 24;
const network = testNetwork({ slots_per_epoch: SLOTS, first_slot: 3 * SLOTS + 5 });
const blocks = sealBlocks(network, honestDrafts(network, 3, 60));
const files = logFiles(network, blocks, { compacted: [3, 4] });

const many = testNetwork({ first_slot: 0 });
const manyFiles = logFiles(
  many,
  sealBlocks(
    many,
    Array.from({ length: 600 }, () => ({ leaves: [] })),
    { isSigned: false },
  ),
);

describe("one flipped bit", () => {
  test("in any file is found, and the file or its block is named", async () => {
    await fc.assert(
      fc.asyncProperty(flipIn(files), async (flip) => {
        const { code, place } = await faultIn(flipped(files, flip), readBlocks);
        const isRebuilt = flip.path.startsWith("compact/") && place.height !== undefined;
        expect(codesOf(flip.path)).toContain(code);
        expect(isRebuilt || place.path === flip.path, JSON.stringify(place)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test("in any tile or bundle of a log of several is found, and the file is named", async () => {
    const tree = new Map([...manyFiles].filter(([path]) => path.startsWith("tile/")));
    await fc.assert(
      fc.asyncProperty(flipIn(tree), async (flip) => {
        const { code, place } = await faultIn(flipped(manyFiles, flip), readEntries);
        expect({ code, path: place.path }).toEqual({
          code: codesOf(flip.path)[0],
          path: flip.path,
        });
        expect(place.height).toBeLessThan(600);
      }),
      { numRuns: 80 },
    );
  });

  test.each([
    ["tile/0/001", 32 * 17 + 3, 256], // known by the tile above, as a whole
    ["tile/0/002.p/88", 32 * 17 + 3, 512 + 17],
    ["tile/1/000.p/2", 32 + 3, 256],
    ["tile/entries/001", 900, 257],
  ])("in %s at %i names height %i", async (path, at, height) => {
    const { place } = await faultIn(flipped(manyFiles, { path, at, bit: 0 }), readEntries);
    expect(place).toEqual({ path, height });
  });
});

type Flip = { path: string; at: number; bit: number };

function flipIn(whole: Files): fc.Arbitrary<Flip> {
  return fc
    .constantFrom(...whole)
    .filter(([, bytes]) => bytes.length > 0)
    .chain(([path, bytes]) =>
      fc.record({
        path: fc.constant(path),
        at: fc.nat({ max: bytes.length - 1 }),
        bit: fc.nat({ max: 7 }),
      }),
    );
}

function flipped(whole: Files, { path, at, bit }: Flip): Files {
  const bytes = Uint8Array.from(whole.get(path) ?? []);
  bytes[at] = (bytes[at] as number) ^ (1 << bit);
  return new Map(whole).set(path, bytes);
}

async function faultIn(damaged: Files, read: (log: Log) => Promise<unknown>): Promise<LogError> {
  const { networkId } = damaged.has("compact/3") ? network : many;
  const reading = openLog(filesToSource(damaged), { networkId }).then(read);
  const fault: unknown = await reading.then(
    () => null,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(LogError);
  return fault as LogError;
}

const readEntries = (log: Log) => readAll(log.entries(0, log.checkpoint.size));
const readBlocks = (log: Log) => readAll(log.blocks(0, log.checkpoint.size));

function codesOf(path: string): string[] {
  const [folder = "", kind] = path.split("/");
  const codes: Record<string, string[]> = {
    "network.json": ["network", "network_id"],
    checkpoint: ["checkpoint"],
    tile: [kind === "entries" ? "bundle" : "tile"],
    body: ["body", "body_count", "body_root"],
    compact: ["compact", "body_count", "body_root"],
  };
  return codes[folder] ?? [];
}
