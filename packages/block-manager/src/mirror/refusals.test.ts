import { describe, expect, test } from "vitest";
import { filesToSource } from "../../../verify/src/testing/index.ts";
import type { Files } from "../../../verify/src/testing/index.ts";
import { createScene, filesOf } from "../compact/testing/scene.ts";
import type { Scene } from "../compact/testing/scene.ts";
import { createCrashMachine } from "../disk/testing/crash-machine.ts";
import {
  evidenceIn,
  followOnce,
  logOf,
  never,
  open,
  scene,
  SIZE,
  verifiedSize,
} from "./testing/scene.ts";

const forked = createScene({ size: SIZE, nodes: 4 }); // the same keys, another history

describe("a follower refuses, publishes nothing of it and keeps the evidence of", () => {
  const ours = 300;

  async function refusal(served: Files, before: Files = filesOf(scene, ours)) {
    const machine = createCrashMachine();
    await followOnce(machine, filesToSource(before));
    const { sources } = await followOnce(machine, filesToSource(served));
    expect(await verifiedSize(machine)).toBe(ours);
    const [evidence = ""] = evidenceIn(machine);
    return { status: sources[0], evidence, machine };
  }

  test.each([
    ["a fork of the same size", ours],
    ["a larger log that does not extend ours", SIZE],
    ["a smaller log that is no beginning of ours", 100],
  ])("%s", async (_, size) => {
    const served = filesOf(forked, size);
    const { status, evidence } = await refusal(served);
    expect(status).toMatchObject({ state: "forked", code: "forked" });
    for (const files of [served, filesOf(scene, ours)]) {
      expect(evidence).toContain(new TextDecoder().decode(files.get("checkpoint")));
    }
    expect(evidence.includes("consistency proof")).toBe(size > ours);
  });

  test.each<[string, string, (files: Files) => void]>([
    ["a hole in the bodies", "body_missing", (files) => files.delete("body/400")],
    ["a hole in the entries", "bundle_missing", (files) => files.delete("tile/entries/001")],
    ["a hole in the tiles", "tile_missing", (files) => files.delete("tile/0/001")],
    ["an altered entry", "bundle", (files) => flip(files, "tile/entries/001")],
    ["an altered body", "body", (files) => flip(files, "body/400")],
    ["an altered checkpoint", "checkpoint", (files) => flip(files, "checkpoint")],
    ["another network", "network_id", (files) => rename(files)],
  ])("%s", async (_, code, alter) => {
    const served = filesOf(scene, SIZE);
    alter(served);
    const { status, evidence } = await refusal(served);
    expect(status).toMatchObject({ state: "refused", code });
    expect(evidence).toContain(code);
    expect(evidence).toContain("source: memory");
  });

  test("a header that the network key has not signed", async () => {
    const unsigned = createScene({ size: SIZE, nodes: 3, isSigned: false });
    const machine = createCrashMachine();
    const { sources } = await followOnce(machine, filesToSource(filesOf(unsigned, 50)));
    expect(sources).toMatchObject([{ state: "refused", code: "signature" }]);
    expect(logOf(machine).has("checkpoint")).toBe(false);
  });

  test("a source that shows less than it showed before", async () => {
    const machine = createCrashMachine();
    const files = filesOf(scene, ours);
    const { store, follower } = await open(machine, [filesToSource(files)]);
    await using _ = store;
    await follower.run(never);
    files.clear();
    for (const [path, bytes] of filesOf(scene, 250)) files.set(path, bytes);
    await follower.run(never);
    expect(follower.sources()).toMatchObject([{ state: "refused", code: "rollback" }]);
    expect(evidenceIn(machine)[0]).toContain("restored from an older copy");
    expect(store.head().size).toBe(ours);
  });

  test("a damaged compacted epoch, and takes it once the source has mended it", async () => {
    const whole = filesOf(scene, ours, { compacted: [1] });
    const files = new Map(whole);
    flip(files, "compact/1");
    const { store, follower } = await open(createCrashMachine(), [filesToSource(files)]);
    await using _ = store;
    await follower.run(never);
    expect(follower.sources()).toMatchObject([{ state: "refused" }]);
    files.set("compact/1", whole.get("compact/1") as Uint8Array);
    await follower.run(never);
    expect(follower.sources()).toMatchObject([{ state: "current", size: ours }]);
  });

  test("a compacted epoch that gives back other bodies", async () => {
    const served = filesOf(scene, SIZE, {
      compacted: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    });
    flip(served, "compact/15");
    const { status } = await refusal(served);
    expect(status?.state).toBe("refused");
    expect(["compact", "body_root", "body_count"]).toContain(status?.code);
  });
});

test("a source that is only behind is no reason for alarm", async () => {
  const machine = createCrashMachine();
  await followOnce(machine, filesToSource(filesOf(scene, 300)));
  const { sources, events } = await followOnce(machine, filesToSource(filesOf(scene, 299)));
  expect(sources).toMatchObject([{ state: "behind", size: 299, evidence: null }]);
  expect(events).toMatchObject([{ type: "changed", status: { state: "behind" } }]);
  expect(evidenceIn(machine)).toEqual([]);
});

function flip(files: Files, path: string): void {
  const bytes = (files.get(path) as Uint8Array).slice();
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] as number) ^ 1;
  files.set(path, bytes);
}

function rename(files: Files): void {
  const other: Scene = createScene({ size: 1, firstSlot: 30 });
  for (const [path, bytes] of filesOf(other)) files.set(path, bytes);
}
