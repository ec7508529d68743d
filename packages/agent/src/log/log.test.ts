import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  checkpointText,
  firstSlotOf,
  fromHex,
  isSignedByLog,
  networkId,
  type SignedCheckpoint,
  signNote,
  slotStart,
  toHex,
} from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { createTestFolder, type TestFolder } from "../testing/folder.ts";
import { createReceiver } from "../testing/receiver.ts";
import { createAgentClock, startAgent, testGenesis, testKey } from "../testing/world.ts";
import { openLogFiles, openLogMemory } from "./index.ts";

const genesis = testGenesis();
const membership = { genesis, networkId: networkId(genesis), service: "http://service.test" };
const logSeed = new Uint8Array(32).fill(3);

const headOf = (
  size: number,
  root = `${size}`.padStart(64, "0"),
  seed = logSeed,
): SignedCheckpoint => {
  const text = checkpointText({ origin: genesis.log_origin, size, root: fromHex(root, 32) });
  const { signature } = signNote(text, { name: genesis.log_origin, seed });
  return { size, root, signature: toHex(signature) };
};
const otherRoot = "ee".repeat(32);

let folder: TestFolder;
beforeEach(async () => {
  folder = await createTestFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

const open = () =>
  openLogMemory({ files: openLogFiles(folder.path, membership), now: () => 0 }, membership);
const evidence = () => openLogFiles(folder.path, membership).readEvidence();

describe("what a node remembers of the log", () => {
  it("is the largest checkpoint that it was shown, also after a restart", async () => {
    const memory = await open();
    expect(memory.largest()).toBeNull();
    expect(await memory.observe(headOf(5))).toBeNull();
    expect(await memory.observe(headOf(9))).toBeNull();
    expect((await open()).largest()).toEqual(headOf(9));
  });

  it("stays when the service shows less, which is an alarm once until it has caught up", async () => {
    const memory = await open();
    await memory.observe(headOf(9));
    expect(await memory.observe(headOf(4))).toMatchObject({ alarm: { kind: "went_back" } });
    expect(await memory.observe(headOf(5))).toBeNull();
    expect(memory.largest()).toEqual(headOf(9));
    expect(await memory.observe(headOf(9))).toBeNull();
    expect(await memory.observe(headOf(8))).toMatchObject({ alarm: { kind: "went_back" } });
  });

  it("tells two histories of one size apart, and proves it to whoever reads the file", async () => {
    await (await open()).observe(headOf(9));
    const raised = await (await open()).observe(headOf(9, otherRoot));
    expect(raised?.alarm.kind).toBe("split_view");
    const kept = JSON.parse(await readFile(raised?.evidence ?? "", "utf8")) as {
      log_origin: string;
      log_key: string;
      remembered: SignedCheckpoint;
      shown: SignedCheckpoint;
    };
    const log = { origin: kept.log_origin, logKey: kept.log_key };
    expect(isSignedByLog(kept.remembered, log) && isSignedByLog(kept.shown, log)).toBe(true);
    expect(kept.remembered.size).toBe(kept.shown.size);
    expect(kept.remembered.root).not.toBe(kept.shown.root);
  });

  it("does not change by what the log's key has not signed", async () => {
    const memory = await open();
    await memory.observe(headOf(9));
    for (const forged of [headOf(12, undefined, testKey.seed), { ...headOf(9), size: 10 }])
      expect(await memory.observe(forged)).toMatchObject({ alarm: { kind: "wrong_signature" } });
    expect(memory.largest()).toEqual(headOf(9));
  });

  it("holds evidence of a hundred lies and no more", async () => {
    const memory = await open();
    await memory.observe(headOf(9));
    for (let lie = 1; lie <= 120; lie++)
      await memory.observe(headOf(9, `${lie}`.padStart(64, "f")));
    expect(await readdir(join(folder.path, "evidence"))).toHaveLength(100);
  });

  it("refuses a damaged file rather than to begin anew", async () => {
    await writeFile(
      join(folder.path, "checkpoint.json"),
      JSON.stringify({ ...headOf(9), size: 1 }),
    );
    await expect(open()).rejects.toMatchObject({ code: "node.checkpoint_damaged", exit: 4 });
    await writeFile(join(folder.path, "checkpoint.json"), "{");
    await expect(open()).rejects.toMatchObject({ code: "node.checkpoint_damaged" });
  });
});

describe("an agent at a service that lies", () => {
  const first = firstSlotOf(genesis, 3_000_000);
  const setUp = async () => {
    const clock = createAgentClock(slotStart(genesis, first));
    const receiver = await createReceiver(clock, {
      genesis,
      networkId: membership.networkId,
      publicKey: testKey.publicKey,
    });
    return { clock, receiver };
  };

  test("says what it saw, raises the alarm and goes on with its beacons", async () => {
    const { clock, receiver } = await setUp();
    await using _ = receiver;
    const agent = startAgent(clock, genesis, receiver.url, await open());
    const pass = (slots: number) => clock.advance(slots * genesis.slot_ms);
    receiver.checkpoint = headOf(7);
    await pass(2);
    receiver.checkpoint = { size: "7", root: null } as never;
    await pass(1);
    receiver.checkpoint = headOf(3);
    await pass(2);
    receiver.checkpoint = headOf(7, otherRoot);
    await pass(2);
    await agent.stop();
    expect(receiver.seen).toEqual([null, ...Array.from({ length: 6 }, () => headOf(7))]);
    expect(agent.of("log_alarm")).toMatchObject([
      { kind: "went_back", shown_size: 3, remembered_size: 7 },
      { kind: "split_view", shown_size: 7 },
    ]);
    expect(agent.of("beacon")).toHaveLength(7);
    expect((await evidence()).map(({ kind }) => kind).toSorted()).toEqual([
      "split_view",
      "went_back",
    ]);
  });

  test("keeps nothing outside of its folder, whatever the service calls a root", async () => {
    const { clock, receiver } = await setUp();
    await using _ = receiver;
    const home = join(folder.path, "node");
    const files = openLogFiles(home, membership);
    const agent = startAgent(
      clock,
      genesis,
      receiver.url,
      await openLogMemory({ files, now: () => 0 }, membership),
    );
    for (const root of ["x/../../../outside", "x".repeat(64)]) {
      receiver.checkpoint = { ...headOf(7), root };
      await clock.advance(genesis.slot_ms);
    }
    await agent.stop();
    expect(agent.of("beacon")).toHaveLength(2);
    expect(await readdir(folder.path, { recursive: true })).toEqual([]);
  });

  test("goes on with its beacons when nothing can be written, and says so once", async () => {
    const { clock, receiver } = await setUp();
    await using _ = receiver;
    const agent = startAgent(clock, genesis, receiver.url, await open());
    await mkdir(join(folder.path, "checkpoint.json.new", "in the way"), { recursive: true });
    await clock.advance(2 * genesis.slot_ms);
    receiver.checkpoint = headOf(7);
    await clock.advance(3 * genesis.slot_ms);
    await agent.stop();
    expect(agent.of("log_not_kept")).toHaveLength(1);
    expect(agent.of("beacon")).toHaveLength(5);
  });
});
