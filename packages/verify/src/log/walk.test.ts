import { ed25519PublicKey, recordLeaf, sha256, signObject, toHex, utf8 } from "@lucid/protocol";
import type { BlockHeader, RecordData } from "@lucid/protocol";
import { describe, expect, test } from "vitest";
import {
  filesToSource,
  honestDrafts,
  logFiles,
  readAll,
  sealBlocks,
  testNetwork,
} from "../testing/index.ts";
import type { Files, TestDraft } from "../testing/index.ts";
import { openLog } from "./index.ts";
import type { LogBlock } from "./index.ts";

const SLOTS = 24;
const network = testNetwork({ slots_per_epoch: SLOTS, first_slot: 3 * SLOTS + 5 });
const drafts = honestDrafts(network, 3, 3 * SLOTS);
const blocks = sealBlocks(network, drafts);
const plain = logFiles(network, blocks);

const walk = async (files: Files): Promise<LogBlock[]> => {
  const log = await openLog(filesToSource(files));
  return await readAll(log.blocks(0, log.checkpoint.size));
};
const walkDrafts = (altered: readonly TestDraft[]) =>
  walk(logFiles(network, sealBlocks(network, altered)));
const withDraft = (height: number, change: Partial<TestDraft>) =>
  drafts.map((draft, i) => (i === height ? { ...draft, ...change } : draft));

describe("a walk over a log", () => {
  test("gives every block with its body", async () => {
    const walked = await walk(plain);
    expect(walked.map(({ header }) => header)).toEqual(blocks.map(({ header }) => header));
    expect(walked.map(({ body }) => body)).toEqual(blocks.map(({ body }) => body));
  });

  test.each([[[3]], [[3, 4]], [[3, 4, 5]]])("is the same when %s are compacted", async (epochs) => {
    const files = logFiles(network, blocks, { compacted: epochs });
    expect([...files.keys()].filter((path) => path.startsWith("body/")).length).toBeLessThan(72);
    expect(await walk(files)).toEqual(await walk(plain));
  });

  test("goes on from any block, with what was kept of the one before", async () => {
    const log = await openLog(filesToSource(plain));
    const all = await readAll(log.blocks(0, 72));
    const kept = JSON.parse(JSON.stringify(all[40]?.state)) as LogBlock["state"];
    expect(await readAll(log.blocks(41, 72, kept))).toEqual(all.slice(41));
    await expect(readAll(log.blocks(40, 72, kept))).rejects.toMatchObject({ code: "range" });
    await expect(readAll(log.blocks(3, 4))).rejects.toMatchObject({ code: "range" });
  });

  test("of an empty log is empty", async () => {
    expect(await walk(logFiles(network, []))).toEqual([]);
  });

  test.each<[string, (header: BlockHeader) => Partial<BlockHeader>]>([
    ["link.network", () => ({ network_id: "00".repeat(32) })],
    ["link.height", ({ height }) => ({ height: height + 1 })],
    ["link.slot", ({ slot }) => ({ slot: slot + 1 })],
    ["link.parent", () => ({ parent: "00".repeat(32) })],
    ["link.sealed_early", ({ sealed_at }) => ({ sealed_at: sealed_at - 1 })],
    ["link.sealed_backwards", ({ sealed_at }) => ({ sealed_at: sealed_at + 1 })],
    ["body_count", ({ body_count }) => ({ body_count: body_count + 1 })],
    ["body_root", () => ({ body_root: "00".repeat(32) })],
    ["observed", () => ({ observed: false })],
  ])("finds %s", async (code, change) => {
    const isLate = code === "link.sealed_backwards";
    const sealed = drafts.map((draft, i) => {
      if (i === 30)
        return { ...draft, alter: (header: BlockHeader) => ({ ...header, ...change(header) }) };
      const late = blocks[31]?.header.sealed_at ?? 0;
      return isLate && i === 29 ? { ...draft, sealed_at: late + 5000 } : draft;
    });
    await expect(walkDrafts(sealed)).rejects.toMatchObject({ code, place: { height: 30 } });
  });

  test("finds an entry that another key signed", async () => {
    const other = testNetwork({}, "other");
    const forged = sealBlocks({ ...network, seeds: other.seeds }, drafts);
    const files = logFiles(network, [...blocks.slice(0, 20), ...forged.slice(20)]);
    await expect(walk(files)).rejects.toMatchObject({ code: "signature", place: { height: 20 } });
  });

  test.each([
    ["network.json", "network_missing", undefined],
    ["checkpoint", "checkpoint_missing"],
    ["tile/0/000.p/72", "tile_missing"],
    ["tile/entries/000.p/72", "bundle_missing"],
    ["body/33", "body_missing"],
    ["compact/4", "body_missing", "body/17"],
  ])("says that %s is missing", async (path, code, named?: string) => {
    const files = logFiles(network, blocks, path === "compact/4" ? { compacted: [3, 4] } : {});
    expect(files.delete(path)).toBe(true);
    await expect(walk(files)).rejects.toMatchObject({ code, place: { path: named ?? path } });
  });

  test("refuses a genesis that is not the one that was asked for", async () => {
    const opened = openLog(filesToSource(plain), { networkId: "00".repeat(32) });
    await expect(opened).rejects.toMatchObject({ code: "network_id" });
    const log = await openLog(filesToSource(plain), { networkId: network.networkId });
    expect(log.isPinned).toBe(true);
  });

  test("finds a checkpoint of another tree", async () => {
    const other = logFiles(network, blocks.slice(0, 71));
    const sealed = logFiles(network, sealBlocks(network, withDraft(71, { backlog: 1 })));
    const files = new Map(plain).set("checkpoint", sealed.get("checkpoint") as Uint8Array);
    await expect(walk(files)).rejects.toMatchObject({ code: "tree" });
    const shorter = new Map(plain).set("checkpoint", other.get("checkpoint") as Uint8Array);
    await expect(walk(shorter)).rejects.toMatchObject({ code: "tile_missing" });
  });
});

describe("changes of keys", () => {
  const next = testNetwork({}, "next");
  const change = (
    role: "network" | "log",
    {
      signer = network.seeds.root,
      seq = 0,
      ...more
    }: { signer?: Uint8Array; seq?: number } & Partial<RecordData["key_change"]> = {},
  ): Uint8Array => {
    const old = role === "network" ? network.genesis.network_key : network.genesis.log_key;
    const fresh = role === "network" ? next.genesis.network_key : next.genesis.log_key;
    const said = { role, old, new: fresh, seq, signatures: [], ...more };
    const signature = signObject("key_change", network.networkId, said, signer);
    const key = toHex(ed25519PublicKey(signer));
    return recordLeaf("key_change", { ...said, signatures: [{ key, signature }] });
  };
  const sealWith = (leaf: Uint8Array, keysFrom: number | null) => {
    const leaves = [...(drafts[10] as TestDraft).leaves, leaf];
    const changed = withDraft(10, { leaves });
    const before = sealBlocks(network, changed);
    const after = sealBlocks({ ...network, seeds: next.seeds }, changed);
    return keysFrom === null ? before : [...before.slice(0, keysFrom), ...after.slice(keysFrom)];
  };

  test("a new network key signs from the next block on", async () => {
    const walked = await walk(logFiles(network, sealWith(change("network"), 11)));
    expect(walked.at(-1)?.state.keys).toMatchObject({
      network_key: next.genesis.network_key,
      changes: 1,
    });
    const tooLate = walk(logFiles(network, sealWith(change("network"), 12)));
    await expect(tooLate).rejects.toMatchObject({ code: "signature", place: { height: 11 } });
  });

  test.each([
    ["nobody of the root keys signed", change("network", { signer: sha256(utf8("thief")) })],
    ["it replaces a key that is not in force", change("network", { old: next.genesis.log_key })],
    ["it makes a key that is in force", change("network", { new: network.genesis.log_key })],
  ])("one is refused when %s", async (_, leaf) => {
    const walked = walk(logFiles(network, sealWith(leaf, null)));
    await expect(walked).rejects.toMatchObject({ code: "key_change", place: { height: 10 } });
  });

  test("a log that succeeds another is refused", async () => {
    const origin = network.genesis.log_origin;
    const succeeds = { origin, size: 1, root: "00".repeat(32), new_origin: "new/0" };
    const walked = walk(logFiles(network, sealWith(change("log", { succeeds }), null)));
    await expect(walked).rejects.toMatchObject({ code: "succession" });
  });

  test("a new log key must have signed the checkpoint", async () => {
    const changed = sealWith(change("log"), null);
    const byOld = logFiles(network, changed);
    await expect(walk(byOld)).rejects.toMatchObject({ code: "checkpoint" });
    const seeds = { ...network.seeds, log: next.seeds.log };
    const byNew = filesToSource(logFiles({ ...network, seeds }, changed));
    await expect(openLog(byNew)).rejects.toMatchObject({ code: "checkpoint" });
    const log = await openLog(byNew, { logKey: next.genesis.log_key });
    expect(await readAll(log.blocks(0, 72))).toHaveLength(72);
  });
});
