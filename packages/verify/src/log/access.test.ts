import {
  encodeBlockEntry,
  fromHex,
  leafHash,
  rootOfHashes,
  verifyInclusion,
} from "@lucid/protocol";
import { describe, expect, test } from "vitest";
import {
  filesToSource,
  honestDrafts,
  logFiles,
  readAll,
  sealBlocks,
  signCheckpoint,
  testNetwork,
  treeFiles,
} from "../testing/index.ts";
import type { TestBlock } from "../testing/index.ts";
import type { Source } from "../source.ts";
import { openLog } from "./index.ts";

const SIZES = [0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000];
const network = testNetwork({ slots_per_epoch: 24, first_slot: 3 * 24 + 5 });
const empty = Array.from({ length: 70_000 }, () => ({ leaves: [] }));
const entries = sealBlocks(network, empty, { isSigned: false }).map(encodeBlockEntry);
const hashes = entries.map(leafHash);
const rootAt = (size: number) => rootOfHashes(hashes.slice(0, size));
/** The log as it was left after it had grown through all sizes, under the checkpoint of one of them. */
const grown = treeFiles(entries, SIZES);
const network_json = logFiles(network, []).get("network.json") as Uint8Array;
const sourceAt = (size: number): Source =>
  filesToSource(
    new Map(grown)
      .set("network.json", network_json)
      .set("checkpoint", signCheckpoint(network, { size, root: rootAt(size) })),
  );

describe("logs of every shape", () => {
  test.each(SIZES)("of %i entries give them in order", async (size) => {
    const from = size === 65_537 || size < 600 ? 0 : size - 600; // decoding all of them takes its time
    const log = await openLog(sourceAt(size));
    const read = await readAll(log.entries(from, size));
    expect(read.map(({ height }) => height)).toEqual(read.map((_, i) => from + i));
    expect(rootOfHashes(read.map(({ bytes }) => leafHash(bytes)))).toEqual(
      rootOfHashes(hashes.slice(from, size)),
    );
  });

  test.each(SIZES.slice(1))("of %i entries prove any one of them", async (size) => {
    const log = await openLog(sourceAt(size));
    const { root } = log.checkpoint;
    for (const index of [0, Math.floor(size / 2), size - 1]) {
      const { bytes, proof } = await log.entry(index);
      expect(Buffer.from(bytes)).toEqual(Buffer.from(entries[index] as Uint8Array));
      expect(verifyInclusion({ index, size, leafHash: leafHash(bytes), proof, root })).toBe(true);
    }
    await expect(log.entry(size)).rejects.toMatchObject({ code: "range", place: { height: size } });
  });

  test("extend the checkpoints before them and no others", async () => {
    for (const size of [512, 65_537, 70_000]) {
      const log = await openLog(sourceAt(size));
      for (const older of SIZES.filter((older) => older <= size)) {
        await log.extend({ size: older, root: rootAt(older) });
        const fork = { size: older, root: new Uint8Array(32) };
        await expect(log.extend(fork)).rejects.toMatchObject({ code: "consistency" });
      }
      const ahead = { size: size + 1, root: rootAt(size) };
      await expect(log.extend(ahead)).rejects.toMatchObject({ code: "consistency" });
    }
  });

  test("that have grown meanwhile are read at the checkpoint they were opened with", async () => {
    const files = new Map(treeFiles(entries.slice(0, 300)));
    files.set("network.json", network_json);
    files.set("checkpoint", signCheckpoint(network, { size: 300, root: rootAt(300) }));
    const log = await openLog(filesToSource(files));
    for (const path of files.keys())
      if (/^tile\/(0|entries)\/.*\.p\//.test(path)) files.delete(path);
    for (const [path, bytes] of treeFiles(entries.slice(0, 512))) files.set(path, bytes);
    expect(await readAll(log.entries(250, 300))).toHaveLength(50);
    await log.extend({ size: 299, root: rootAt(299) });
  });

  test("are read no further than one asks", async () => {
    const asked: string[] = [];
    const source = sourceAt(70_000);
    const log = await openLog({
      name: "watched",
      read: (path, options) => {
        asked.push(path);
        return source.read(path, options);
      },
    });
    await log.entry(1000);
    expect(asked.filter((path) => path.startsWith("tile/entries/"))).toEqual(["tile/entries/003"]);
    expect(asked.length).toBeLessThan(10);
  });
});

describe("one leaf", () => {
  const blocks = sealBlocks(network, honestDrafts(network, 5, 60));

  test.each([{ compacted: [] }, { compacted: [3, 4] }])("is proven, %j", async (options) => {
    const log = await openLog(filesToSource(logFiles(network, blocks, options)));
    for (const height of [0, 17, 18, 19, 59]) {
      const { body } = blocks[height] as TestBlock;
      for (const index of body.keys()) {
        const proven = await log.leaf(height, index);
        const { header, bytes, bodyProof } = proven;
        expect({ bytes, leaf: proven.leaf }).toEqual(body[index]);
        const root = fromHex(header.body_root);
        const claim = { index, size: header.body_count, leafHash: leafHash(bytes) };
        expect(verifyInclusion({ ...claim, proof: bodyProof, root })).toBe(true);
      }
    }
    const beyond = log.leaf(3, 99);
    await expect(beyond).rejects.toMatchObject({ code: "range", place: { height: 3, leaf: 99 } });
  });
});
