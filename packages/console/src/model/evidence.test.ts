import {
  beaconLeaf,
  createBody,
  encodeBody,
  makeEntry,
  recordLeaf,
  sha256,
  u64,
} from "@lucid/protocol";
import { openLog, type Log } from "@lucid/verify";
import { describe, expect, it } from "vitest";
import { leafAddress, nameOfEntry } from "../format/leaf-links.ts";
import {
  filesToSource,
  type Files,
  honestDrafts,
  logFiles,
  sealBlocks,
  signCheckpoint,
  testNetwork,
} from "../../../verify/src/testing/index.ts";
import { findByHash, readBlock, readBlocks } from "./blocks.ts";
import { findLeaf, wantedLeaf } from "./find-leaf.ts";
import { aboutLeaf, countKinds, leafText } from "./leaves.ts";
import { checkProof } from "./proof.ts";

const network = testNetwork();
const owner = `owner_${"a".repeat(32)}`;
const entry = makeEntry(null, {
  account: `owner:${owner}`,
  key: `reward:1:node_${"b".repeat(32)}`,
  amountMicro: 1_500_000n,
  contra: [{ account: "rewards", amountMicro: -1_500_000n }],
  epoch: 1,
  policy: 1,
  at: 1,
});
const LAST = 41;
const drafts = honestDrafts(network, 4, LAST + 1);
drafts[LAST] = { leaves: [...(drafts[LAST]?.leaves ?? []), recordLeaf("ledger_entry", entry)] };
const blocks = sealBlocks(network, drafts);
const filesOf = (): Files => logFiles(network, blocks);
const open = (files: Files = filesOf()): Promise<Log> =>
  openLog(filesToSource(files), { networkId: network.networkId });

describe("blocks", () => {
  it("come newest first, a page at a time, down to the first", async () => {
    const log = await open();
    const first = await readBlocks(log, 1, 25);
    expect(first.size).toBe(LAST + 1);
    expect(first.blocks.map(({ height }) => height)).toEqual(
      Array.from({ length: 25 }, (_, i) => LAST - i),
    );
    const second = await readBlocks(log, 2, 25);
    expect(second.blocks.at(-1)?.height).toBe(0);
    expect(second.blocks).toHaveLength(LAST + 1 - 25);
    expect((await readBlocks(log, 9, 25)).blocks).toEqual([]);
  });

  it("of an empty log are none", async () => {
    const files = logFiles(network, []);
    expect(await readBlocks(await open(files), 1, 25)).toEqual({ page: 1, size: 0, blocks: [] });
  });

  it("are found by their header hash, near the end", async () => {
    const log = await open();
    const { headerHash } = await readBlock(log, 30);
    expect(await findByHash(log, headerHash, 100)).toBe(30);
    expect(await findByHash(log, headerHash, 5)).toBeNull();
  });

  it("are refused when the network key has not signed one", async () => {
    const stranger = testNetwork({}, "stranger");
    const forged = blocks.map((block, height) =>
      height === 40
        ? { ...block, signature: sealBlocks(stranger, drafts)[40]?.signature ?? "" }
        : block,
    );
    const log = await open(logFiles(network, forged));
    await expect(readBlock(log, 40)).rejects.toMatchObject({ code: "signature" });
    await expect(readBlocks(log, 1, 25)).rejects.toMatchObject({ code: "signature" });
    expect((await readBlocks(log, 2, 25)).blocks[0]?.height).toBe(LAST - 25);
  });

  it("are refused when one does not name the one before", async () => {
    const bent = sealBlocks(
      network,
      drafts.map((draft, height) =>
        height === 20
          ? { ...draft, alter: (header) => ({ ...header, parent: "ab".repeat(32) }) }
          : draft,
      ),
    );
    const log = await open(logFiles(network, bent));
    await expect(readBlock(log, 20)).rejects.toMatchObject({ code: "link.parent" });
    await expect(readBlocks(log, 1, 25)).rejects.toMatchObject({ code: "link.parent" });
  });
});

describe("a leaf", () => {
  const body = blocks[LAST]?.body ?? [];
  const index = body.length - 1;

  it("is found by the link to it", () => {
    const { search } = new URL(leafAddress(LAST, nameOfEntry(entry.key)), "http://x");
    expect(search).toContain("find=ledger_entry:reward:1:node_b");
    const wanted = wantedLeaf(new URLSearchParams(search));
    expect(wanted === null ? null : findLeaf(body, wanted)).toBe(index);
  });

  it.each([["find=ledger_entry:reward:2"], ["leaf=99"], ["leaf=-1"], ["leaf=1e1"], ["leaf=x"]])(
    "is not found by %s",
    (query) => {
      const wanted = wantedLeaf(new URLSearchParams(query));
      expect(wanted === null ? "nothing wanted" : findLeaf(body, wanted)).toBeNull();
    },
  );

  it("says whom it is about and what it moves", () => {
    expect(countKinds(body)).toEqual([
      ["beacon", index],
      ["ledger_entry", 1],
    ]);
    const leaf = body[index]?.leaf;
    expect(leaf && aboutLeaf(leaf)).toEqual({
      ownerId: owner,
      words: "reward, epoch 1",
      usdt: "1.500000",
    });
    expect(leaf && JSON.parse(leafText(leaf))).toMatchObject({ data: { key: entry.key } });
  });

  it("is proven step by step up to the network id", async () => {
    const log = await open();
    const steps = checkProof(log, await log.leaf(LAST, index), entry.hash);
    expect(steps.map(({ holds }) => holds)).toEqual([true, true, true, true, true, true]);
  });

  it("is not the one of a statement that shows another hash", async () => {
    const log = await open();
    const failing = (steps: ReturnType<typeof checkProof>) =>
      steps.filter(({ holds }) => !holds).map(({ claim }) => claim);
    const proven = await log.leaf(LAST, index);
    expect(failing(checkProof(log, proven, "ab".repeat(32)))).toEqual([
      "This is the ledger entry that the statement shows.",
    ]);
    expect(failing(checkProof(log, await log.leaf(LAST, 0), entry.hash))).toHaveLength(1);
  });

  it("fails at exactly the steps that something else was put under", async () => {
    const log = await open();
    const proven = await log.leaf(LAST, index);
    const other = await log.leaf(LAST - 1, 0);
    const failing = (steps: ReturnType<typeof checkProof>) =>
      steps.flatMap(({ holds }, step) => (holds ? [] : [step]));
    expect(failing(checkProof(log, { ...proven, bytes: other.bytes }))).toEqual([0]);
    expect(failing(checkProof(log, { ...proven, entryBytes: other.entryBytes }))).toEqual([2]);
    const stranger = testNetwork({}, "stranger").genesis;
    expect(failing(checkProof({ ...log, genesis: stranger }, proven))).toEqual([1, 3, 4]);
    const note = signCheckpoint(testNetwork({}, "stranger"), log.checkpoint);
    const resigned = { ...log, checkpoint: { ...log.checkpoint, note } };
    expect(failing(checkProof(resigned, proven))).toEqual([3]);
  });

  it("of a body that is not the header's is refused", async () => {
    const stranger = beaconLeaf(sha256(u64(7)), sha256(u64(8)));
    const leaves = body.map(({ bytes }, i) => (i === 0 ? stranger : bytes));
    const files = filesOf().set(`body/${LAST}`, encodeBody(createBody(leaves)));
    const log = await open(files);
    await expect(log.leaf(LAST, index)).rejects.toMatchObject({ code: "body_root" });
  });
});
