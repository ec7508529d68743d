import {
  beaconLeaf,
  encodeBody,
  sha256,
  u64,
  verifyInclusion,
  fromHex,
  leafHash,
} from "@lucid/protocol";
import { describe, expect, test } from "vitest";
import { filesToSource, logFiles, sealBlocks, testNetwork } from "../testing/index.ts";
import { openLog } from "./index.ts";

const network = testNetwork();
const keyOf = (node: number) => sha256(u64(node));
const drafts = Array.from({ length: 300 }, (_, height) => ({
  leaves: [1, 2, 3].map((node) => beaconLeaf(keyOf(node), sha256(u64(1000 * node + height)))),
}));
const blocks = sealBlocks(network, drafts);

describe("openLog", () => {
  test("walks", async () => {
    const log = await openLog(filesToSource(logFiles(network, blocks)));
    const walked = await Array.fromAsync(log.blocks(0, log.checkpoint.size));
    expect(walked.map(({ body }) => encodeBody(body))).toEqual(
      blocks.map(({ body }) => encodeBody(body)),
    );
    const leaf = await log.leaf(256, 1);
    expect(
      verifyInclusion({
        index: 256,
        size: 300,
        leafHash: leafHash(leaf.entryBytes),
        proof: leaf.entryProof,
        root: log.checkpoint.root,
      }),
    ).toBe(true);
    expect(
      verifyInclusion({
        index: 1,
        size: 3,
        leafHash: leafHash(leaf.bytes),
        proof: leaf.bodyProof,
        root: fromHex(leaf.header.body_root),
      }),
    ).toBe(true);
  });
});
