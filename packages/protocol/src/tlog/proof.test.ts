import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256, toHex, u64 } from "../bytes.ts";
import { leafHash, merkleRoot, parentHash, rootOfHashes } from "./merkle.ts";
import { consistencyProof, inclusionProof } from "./proof.ts";
import { rangeHash, subtreesOf } from "./subtrees.ts";
import type { SubtreeHashes } from "./subtrees.ts";
import { rootsOfConsistency, verifyConsistency, verifyInclusion } from "./verify-proof.ts";

const SIZES = [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000];
const leaves = Array.from({ length: 70_000 }, (_, i) => leafHash(u64(i)));
const hashOf = subtreesOf(leaves);
const rootAt = (size: number) => rangeHash({ from: 0, to: size }, hashOf);

const otherByte = (bytes: Uint8Array, at: number) =>
  bytes.map((byte, i) => (i === at % bytes.length ? byte ^ 1 : byte));

describe.each(SIZES)("a tree of %s leaves", (size) => {
  const root = rootAt(size);
  const indices = fc.nat({ max: size - 1 });

  test("has the root of its leaves", () => {
    expect(root).toEqual(rootOfHashes(leaves.slice(0, size)));
  });

  test("proves each leaf, and no other leaf, place, size or root", () => {
    fc.assert(
      fc.property(indices, fc.nat(), (index, at) => {
        const proof = inclusionProof(index, size, hashOf);
        const claim = { index, size, leafHash: leaves[index] as Uint8Array, proof, root };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, leafHash: otherByte(claim.leafHash, at) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: otherByte(root, at) })).toBe(false);
        expect(verifyInclusion({ ...claim, proof: [...proof, root] })).toBe(false);
        expect(verifyInclusion({ ...claim, index: index + 1 })).toBe(false);
        if (proof.length === 0) return;
        expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false);
        const altered = proof.with(at % proof.length, otherByte(root, at));
        expect(verifyInclusion({ ...claim, proof: altered })).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  test("proves each earlier size, and no other root", () => {
    fc.assert(
      fc.property(indices, fc.nat(), (smaller, at) => {
        const [oldSize, oldRoot] = [smaller, rootAt(smaller)];
        const proof = consistencyProof(oldSize, size, hashOf);
        const claim = { oldSize, oldRoot, newSize: size, newRoot: root, proof };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, oldRoot: otherByte(oldRoot, at) })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: [...proof, root] })).toBe(false);
        if (oldSize === 0) return;
        expect(verifyConsistency({ ...claim, newRoot: otherByte(root, at) })).toBe(false);
        expect(verifyConsistency({ ...claim, proof: proof.slice(1) })).toBe(false);
        const altered = proof.with(at % proof.length, otherByte(root, at));
        expect(verifyConsistency({ ...claim, proof: altered })).toBe(false);
      }),
      { numRuns: 30 },
    );
  });
});

describe("sizes that shifts would wrap", () => {
  // All leaves alike: a perfect subtree's hash depends on its level alone, so a tree of any size costs nothing.
  const powers = [leafHash(u64(0))];
  for (let level = 1; level < 53; level++) {
    const child = powers[level - 1] as Uint8Array;
    powers.push(parentHash(child, child));
  }
  const uniform: SubtreeHashes = ({ level }) => powers[level] as Uint8Array;
  const sizes = [2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40 + 12_345, 2 ** 53 - 1];

  test.each(sizes)("%s leaves", (size) => {
    const root = rangeHash({ from: 0, to: size }, uniform);
    fc.assert(
      fc.property(fc.maxSafeInteger(), (any) => {
        const index = Math.abs(any) % size;
        const proof = inclusionProof(index, size, uniform);
        const claim = { index, size, leafHash: powers[0] as Uint8Array, root };
        expect(verifyInclusion({ ...claim, proof })).toBe(true);
        const oldSize = index + 1;
        const old = { oldSize, oldRoot: rangeHash({ from: 0, to: oldSize }, uniform) };
        const grown = {
          newSize: size,
          newRoot: root,
          proof: consistencyProof(oldSize, size, uniform),
        };
        expect(verifyConsistency({ ...old, ...grown })).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe("edges", () => {
  const empty = merkleRoot([]);

  test("an empty tree is a prefix of every tree, by its own root alone", () => {
    const claim = { oldSize: 0, newSize: 2, newRoot: rootAt(2), proof: [] };
    expect(verifyConsistency({ ...claim, oldRoot: empty })).toBe(true);
    expect(verifyConsistency({ ...claim, oldRoot: rootAt(1) })).toBe(false);
    expect(verifyConsistency({ ...claim, oldRoot: empty, newSize: 0, newRoot: empty })).toBe(true);
  });

  test("no tree shrinks, and one size has one root", () => {
    const same = { oldSize: 5, newSize: 5, proof: [] };
    expect(verifyConsistency({ ...same, oldRoot: rootAt(5), newRoot: rootAt(5) })).toBe(true);
    expect(verifyConsistency({ ...same, oldRoot: rootAt(5), newRoot: rootAt(4) })).toBe(false);
    const shrunk = { oldSize: 6, oldRoot: rootAt(6), newSize: 5, newRoot: rootAt(5) };
    expect(verifyConsistency({ ...shrunk, proof: [] })).toBe(false);
  });

  test("a split view shows itself: the proof leads to one signed root and not to the other", () => {
    const forked = rootOfHashes([...leaves.slice(0, 6), leafHash(u64(9))]);
    const proof = consistencyProof(6, 7, hashOf);
    const roots = rootsOfConsistency({ oldSize: 6, oldRoot: rootAt(6), newSize: 7, proof });
    expect(roots).toEqual({ oldRoot: rootAt(6), newRoot: rootAt(7) });
    expect(toHex(rootAt(7))).not.toBe(toHex(forked));
  });

  test.each([
    [0, 0],
    [5, 5],
    [-1, 5],
    [0.5, 5],
    [0, 2 ** 53],
    [Number.NaN, 5],
  ])("there is no leaf %s of %s", (index, size) => {
    expect(() => inclusionProof(index, size, hashOf)).toThrow(
      expect.objectContaining({ code: "tlog.range" }),
    );
    const claim = { index, size, leafHash: sha256(), proof: [], root: sha256() };
    expect(verifyInclusion(claim)).toBe(false);
  });
});
