import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  consistencyProof,
  createTileReader,
  decodeBundle,
  inclusionProof,
  leafHash,
  openCheckpoint,
  parseVerifierKey,
  tilePath,
  tileWidth,
  verifyConsistency,
  verifyInclusion,
  verifyProofFile,
} from "@lucid/protocol";
import type { ReadTile, TrustedLog } from "@lucid/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BUILD_TIMEOUT_MS, buildGoProgram, type GoProgram, hasGo } from "../go-program.ts";
import { fromBase64 } from "./manifest.ts";
import type { ClaimedTree, Manifest } from "./manifest.ts";
import { writeLog } from "./write-log.ts";

describe.skipIf(!hasGo)("logs and independent code", () => {
  let dir: string;
  let interop: GoProgram;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "lucid-interop-"));
    interop = await buildGoProgram(dir, import.meta.dirname);
    await writeLog(dir);
  }, BUILD_TIMEOUT_MS);
  afterAll(() => rm(dir, { recursive: true, force: true }));

  describe("golang.org/x/mod and transparency-dev read what we write", () => {
    test("tiles, bundles, checkpoints, cosignatures, proofs and proof files", async () => {
      await expect(interop("verify", dir)).resolves.toMatchObject({ stderr: "" });
    });

    test.each([
      ["a leaf tile", "tile/0/000", "tile"],
      ["a tile above", "tile/1/000", "tile"],
      ["the right edge", "tile/1/001.p/17", "tile"],
      ["an entry bundle", "tile/entries/000", "entry"],
      ["a consistency proof", "manifest.json", "proof"],
    ])("and refuse it when %s differs", async (_, path, complaint) => {
      const file = join(dir, path);
      const bytes = await readFile(file);
      await writeFile(file, path === "manifest.json" ? withoutLastProof(bytes) : flipped(bytes));
      try {
        await expect(interop("verify", dir)).rejects.toMatchObject({
          code: 1,
          stderr: expect.stringContaining(complaint) as unknown,
        });
      } finally {
        await writeFile(file, bytes);
      }
    });
  });

  describe("we read what they write", () => {
    let made: string;
    let manifest: Manifest;
    let log: TrustedLog;

    beforeAll(async () => {
      made = await mkdtemp(join(tmpdir(), "lucid-interop-go-"));
      await interop("make", made);
      manifest = JSON.parse(await readFile(join(made, "manifest.json"), "utf8")) as Manifest;
      const { publicKey } = parseVerifierKey(manifest.log_key);
      const cosigners = [parseVerifierKey(manifest.cosigner)];
      log = { origin: manifest.origin, logKey: publicKey, cosigners };
    });
    afterAll(() => rm(made, { recursive: true, force: true }));

    const opened = (tree: ClaimedTree) => {
      const verdict = openCheckpoint(Buffer.from(tree.checkpoint), log);
      if (!verdict.ok) throw new Error(`checkpoint of ${tree.size}: ${verdict.detail}`);
      return verdict;
    };
    const read: ReadTile = (tile) => new Uint8Array(readFileSync(join(made, tilePath(tile))));

    test("checkpoints and cosignatures", () => {
      expect(manifest.trees.map(({ size }) => size)).toContain(70_000);
      for (const tree of manifest.trees) {
        const { checkpoint, cosignatures } = opened(tree);
        expect(checkpoint).toMatchObject({ origin: manifest.origin, size: tree.size });
        expect(cosignatures).toHaveLength(1);
      }
    });

    test("tiles, inclusion proofs and proof files", () => {
      for (const tree of manifest.trees) {
        const { checkpoint } = opened(tree);
        const { size, root } = checkpoint;
        const hashOf = createTileReader(checkpoint, read);
        for (const { index, proof, file } of tree.inclusion ?? []) {
          const path = (proof ?? []).map(fromBase64);
          const leaf = hashOf({ level: 0, index });
          expect(inclusionProof(index, size, hashOf)).toEqual(path);
          expect(verifyInclusion({ index, size, leafHash: leaf, proof: path, root })).toBe(true);
          expect(verifyProofFile(Buffer.from(file), leaf, log)).toMatchObject({ ok: true });
        }
      }
    });

    test("consistency proofs", () => {
      const roots = new Map(
        manifest.trees.map((tree) => [tree.size, opened(tree).checkpoint.root]),
      );
      const claims = manifest.trees.flatMap((tree) =>
        (tree.consistency ?? []).map((claim) => ({ ...claim, tree })),
      );
      expect(claims.length).toBeGreaterThan(9);
      for (const { tree, old_size, proof } of claims) {
        const path = (proof ?? []).map(fromBase64);
        const newRoot = roots.get(tree.size) as Uint8Array;
        const hashOf = createTileReader({ size: tree.size, root: newRoot }, read);
        expect(consistencyProof(old_size, tree.size, hashOf)).toEqual(path);
        const old = { oldSize: old_size, oldRoot: roots.get(old_size) as Uint8Array };
        expect(verifyConsistency({ ...old, newSize: tree.size, newRoot, proof: path })).toBe(true);
      }
    });

    test("entry bundles", () => {
      const { checkpoint } = opened(manifest.trees.at(-1) as ClaimedTree);
      const { size } = checkpoint;
      const hashOf = createTileReader(checkpoint, read);
      for (let first = 0; first < size; first += 256) {
        const width = tileWidth(size, "entries", first / 256);
        const bundle = read({ level: "entries", index: first / 256, width }) as Uint8Array;
        const hashes = decodeBundle(bundle, width).map(leafHash);
        expect(hashes).toEqual(hashes.map((_, i) => hashOf({ level: 0, index: first + i })));
      }
    });
  });
});

const flipped = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte));

const withoutLastProof = (bytes: Uint8Array): string => {
  const manifest = JSON.parse(Buffer.from(bytes).toString()) as Manifest;
  manifest.trees.at(-1)?.consistency?.at(1)?.proof?.pop();
  return JSON.stringify(manifest);
};
