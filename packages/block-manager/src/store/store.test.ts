import {
  encode,
  inclusionProof,
  inclusionRanges,
  leafHash,
  TILE_WIDTH,
  toHex,
  verifyInclusion,
} from "@lucid/protocol";
import { describe, expect, test } from "vitest";
import { network, openLog, sealedSlot } from "../append/testing/scene.ts";
import { createCrashMachine } from "../disk/testing/crash-machine.ts";
import { openStore, signCheckpoint } from "./index.ts";
import { asAppender, closed, grown } from "./testing/grown.ts";

const { genesis, seeds } = network;

describe("a store", () => {
  test("of a new network begins with its genesis and a signed empty log", async () => {
    const { machine, store } = await grown(0);
    expect([...machine.files().keys()].sort()).toEqual([
      "log.json",
      "log/checkpoint",
      "log/network.json",
    ]);
    expect(machine.files().get("log/network.json")).toEqual(encode(genesis));
    expect(store.head()).toMatchObject({ size: 0, latest: null });
  });

  test("knows after a restart what it was", async () => {
    const { store } = await grown(300);
    const machine = await closed(300);
    const again = await openStore({ home: machine.disk(), genesis }, asAppender);
    expect(again.head()).toEqual(store.head());
    expect(again.head().latest?.header.height).toBe(299);
  });

  test("sweeps away at a start what no checkpoint covers, and nothing else", async () => {
    const machine = await closed(4);
    const whole = new Set(machine.files().keys());
    const paths = ["body/4", "body/3.tmp", "compact/900", "tile/0/001", "tile/entries/000.p/5"];
    const bytes = Uint8Array.of(1);
    await machine.disk().write(paths.map((path) => ({ path: `log/${path}`, bytes })));
    await openStore({ home: machine.disk(), genesis }, asAppender);
    expect(new Set(machine.files().keys())).toEqual(whole);
  });

  test("reads entries, bundles, bodies and tiles below its head", async () => {
    const { store } = await grown(300);
    const heights: [number, number][] = [];
    for await (const { height, entry } of store.entries(250, 262))
      heights.push([height, entry.header.height]);
    expect(heights).toEqual(Array.from({ length: 12 }, (_, i) => [250 + i, 250 + i]));
    expect((await store.bundle(1)).length).toBe(44);
    expect((await store.entry(299)).bytes).toEqual((await store.bundle(1)).at(-1));
    expect((await store.body(250))?.length).toBeGreaterThan(0);
    expect((await store.body(251))?.length).toBe(0);
    expect((await store.tile({ level: 0, index: 0, width: TILE_WIDTH }))?.length).toBe(8192);
    expect((await store.tile({ level: 0, index: 0, width: 7 }))?.length).toBe(7 * 32);
    expect(await store.tile({ level: 0, index: 1, width: 45 })).toBeNull();
    for (const height of [-1, 300, 1.5])
      await expect(store.entry(height)).rejects.toMatchObject({ code: "store.range" });
  });

  test("knows its root at every earlier size, and proves what it holds", async () => {
    const { store, machine } = await grown(0);
    await store[Symbol.asyncDispose]();
    const { appender, store: log } = await openLog(machine.disk());
    const roots = [toHex(log.head().root)];
    for (let height = 0; height < 20; height++) {
      const verdict = await appender.append([sealedSlot(height)]);
      if (verdict.ok) roots.push(verdict.checkpoint.root);
    }
    for (const [size, root] of roots.entries()) expect(toHex(await log.rootAt(size))).toBe(root);
    const { size, root } = log.head();
    const proof = inclusionProof(7, size, await log.subtrees(inclusionRanges(7, size)));
    const { bytes } = await log.entry(7);
    expect(verifyInclusion({ index: 7, size, leafHash: leafHash(bytes), proof, root })).toBe(true);
  });

  test("refuses what its files do not prove", async () => {
    const { machine, store } = await grown(300);
    const bundle = machine.files().get("log/tile/entries/000") as Uint8Array;
    machine.put(
      "log/tile/entries/000",
      bundle.map((byte, i) => (i === 5000 ? byte ^ 1 : byte)),
    );
    await expect(store.entry(3)).rejects.toMatchObject({
      code: "store.damaged",
      path: "tile/entries/000",
    });
    machine.put("log/tile/1/000.p/1", new Uint8Array(32));
    await expect(store.rootAt(256)).rejects.toMatchObject({ code: "store.damaged" });
  });

  test("publishes nothing that takes back what is published, or that it cannot prove", async () => {
    const { store } = await grown(4);
    const { size, root } = store.head();
    const publish = (head: { size: number; root: Uint8Array }, seed = seeds.log) =>
      store.exclusive((writer) => writer.publish(signCheckpoint(genesis, head, seed)));
    const other = new Uint8Array(32);
    await expect(publish({ size: 3, root: await store.rootAt(3) })).rejects.toMatchObject({
      code: "store.backwards",
    });
    await expect(publish({ size, root: other })).rejects.toMatchObject({ code: "store.backwards" });
    await expect(publish({ size: 5, root: other })).rejects.toMatchObject({
      code: "store.damaged",
    });
    await expect(publish({ size, root }, seeds.network)).rejects.toMatchObject({
      code: "store.checkpoint",
    });
    expect((await publish({ size, root })).size).toBe(4);
    expect(store.head()).toMatchObject({ size: 4 });
  });

  test("tells whoever listens, and stops doing anything once it is closed", async () => {
    const { store } = await grown(2);
    const sizes: number[] = [];
    const stop = store.onPublished(({ size }) => void sizes.push(size));
    const { size, root } = store.head();
    const change = () =>
      store.exclusive((writer) =>
        writer.publish(signCheckpoint(genesis, { size, root }, seeds.log)),
      );
    await change();
    stop();
    await change();
    expect(sizes).toEqual([2]);
    await store[Symbol.asyncDispose]();
    await expect(change()).rejects.toMatchObject({ code: "store.closed" });
  });
});

describe("a follower's store", () => {
  test("may be empty, and keeps what it has fetched but not published", async () => {
    const machine = createCrashMachine();
    const store = await openStore({ home: machine.disk(), genesis }, { mode: "follow" });
    expect(store.head()).toMatchObject({ size: 0, note: new Uint8Array(0) });
    await store.exclusive((writer) => writer.write([{ path: "body/3", bytes: Uint8Array.of(1) }]));
    await store[Symbol.asyncDispose]();
    const again = await openStore({ home: machine.disk(), genesis }, { mode: "follow" });
    expect(await again.disk.read("body/3")).toEqual(Uint8Array.of(1));
    expect([...machine.files().keys()]).not.toContain("log.json");
  });
});
