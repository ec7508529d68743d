import { encodeBody, toHex } from "@lucid/protocol";
import { systemClock } from "@lucid/platform/clock";
import { openLog } from "@lucid/verify";
import type { Source } from "@lucid/verify";
import { describe, expect, test } from "vitest";
import { filesToSource } from "../../../verify/src/testing/index.ts";
import type { Files } from "../../../verify/src/testing/index.ts";
import { createScene, filesOf } from "../compact/testing/scene.ts";
import type { Scene } from "../compact/testing/scene.ts";
import { createCrashMachine, PowerLoss } from "../disk/testing/crash-machine.ts";
import type { CrashMachine } from "../disk/testing/crash-machine.ts";
import { fsck } from "../fsck/index.ts";
import { openStore } from "../store/index.ts";
import { pseudoRandom } from "../testing/pseudo-random.ts";
import type { MirrorEvent } from "./contract.ts";
import { createFollower } from "./index.ts";

const never = new AbortController().signal;
const SIZE = 530;
const scene = createScene({ size: SIZE, nodes: 3 });
const sealed = scene.blocks.map(({ body }) => toHex(encodeBody(body)));
const forked = createScene({ size: SIZE, nodes: 4 }); // the same keys, another history

async function open(machine: CrashMachine, sources: readonly Source[]) {
  const events: MirrorEvent[] = [];
  const { genesis } = scene.network;
  const store = await openStore({ home: machine.disk(), genesis }, { mode: "follow" });
  const onEvent = (event: MirrorEvent) => void events.push(event);
  const batch = { bytes: 2000, entries: 256 };
  const deps = { store, clock: systemClock, sources, onEvent, batch };
  return { store, events, follower: createFollower(deps) };
}

async function followOnce(machine: CrashMachine, ...sources: readonly Source[]) {
  const { store, events, follower } = await open(machine, sources);
  await using _ = store;
  await follower.run(never);
  return { size: store.head().size, events, sources: follower.sources() };
}

function logOf(machine: CrashMachine): Files {
  const files = Array.from(machine.files()).filter(([path]) => path.startsWith("log/"));
  return new Map(files.map(([path, bytes]) => [path.slice("log/".length), bytes]));
}

/** How many blocks the directory holds that verify, every body compared with what was sealed. */
async function verifiedSize(machine: CrashMachine): Promise<number> {
  const files = logOf(machine);
  if (!files.has("checkpoint")) return 0;
  const log = await openLog(filesToSource(files), { networkId: scene.network.networkId });
  const bodies: string[] = [];
  for await (const { body } of log.blocks(0, log.checkpoint.size)) {
    bodies.push(toHex(encodeBody(body)));
  }
  expect(bodies).toEqual(sealed.slice(0, log.checkpoint.size));
  expect(await faultsIn(machine)).toEqual([]);
  return log.checkpoint.size;
}

/** What is published must be whole; what a cut left beyond it is no fault. */
async function faultsIn(machine: CrashMachine) {
  const { findings } = await fsck(machine.disk().folder("log"), { live: true });
  return findings;
}

const evidenceIn = (machine: CrashMachine): string[] =>
  Array.from(logOf(machine))
    .filter(([path]) => path.endsWith(".reason"))
    .map(([, bytes]) => new TextDecoder().decode(bytes));

describe("a follower", () => {
  test("mirrors a log from its beginning, and then what comes", async () => {
    const machine = createCrashMachine();
    for (const size of [0, 1, 40, 256, 257, 511, SIZE]) {
      const { sources } = await followOnce(machine, filesToSource(filesOf(scene, size)));
      expect(sources).toMatchObject([{ state: "current", size, code: null }]);
      expect(await verifiedSize(machine)).toBe(size);
    }
  });

  test("takes over compacted epochs, and joins them with bodies that it has", async () => {
    const machine = createCrashMachine();
    await followOnce(machine, filesToSource(filesOf(scene, 200)));
    const compacted = Array.from({ length: 12 }, (_, i) => 1 + i);
    const files = filesOf(scene, 400, { compacted });
    const { size } = await followOnce(machine, filesToSource(files));
    expect(size).toBe(400);
    expect(await verifiedSize(machine)).toBe(400);
    const ours = logOf(machine);
    for (const epoch of [10, 11, 12]) {
      expect(ours.get(`compact/${epoch}`)).toEqual(files.get(`compact/${epoch}`));
    }
    expect(ours.has("body/250")).toBe(false);
  });

  test("is a whole log at every moment, and goes on after any kill or loss of power", async () => {
    const source = filesToSource(filesOf(scene, 130, { compacted: [1, 2, 3] }));
    const start = filesOf(scene, 20);
    const began = async () => {
      const machine = createCrashMachine();
      await followOnce(machine, filesToSource(start));
      return machine;
    };
    const steps = await stepsOf(await began(), source);
    expect(steps).toBeGreaterThan(100);
    for (let step = 0; step < steps; step += 41) {
      for (const loss of ["kill", "lost", "torn"] as const) {
        const machine = await began();
        const { follower } = await open(machine, [source]);
        machine.stopAfter(step);
        await expect(follower.run(never)).rejects.toBeInstanceOf(PowerLoss);
        machine.restart(loss, pseudoRandom(step));
        expect([20, 130]).toContain(await verifiedSize(machine));
        await followOnce(machine, source);
        expect(await verifiedSize(machine)).toBe(130);
      }
    }
  });

  test("does not fetch again what it has verified before it was stopped", async () => {
    const compacted = Array.from({ length: 14 }, (_, i) => 1 + i);
    const files = filesOf(scene, SIZE, { compacted });
    const read: string[] = [];
    const source: Source = {
      name: "counting",
      read: (path) => {
        read.push(path);
        return filesToSource(files).read(path);
      },
    };
    const machine = createCrashMachine();
    const steps = await stepsOf(createCrashMachine(), source);
    const { follower } = await open(machine, [source]);
    machine.stopAfter(steps - 10); // all is fetched, the batch that ends at 512 is noted, nothing is published
    await expect(follower.run(never)).rejects.toBeInstanceOf(PowerLoss);
    machine.restart("torn", pseudoRandom(1));
    read.length = 0;
    await followOnce(machine, source);
    expect(await verifiedSize(machine)).toBe(SIZE);
    expect(read).not.toContain("tile/entries/000");
    expect(read).not.toContain("tile/entries/001");
    expect(read).not.toContain("compact/3");
    for (const path of compacted.map((epoch) => `compact/${epoch}`)) {
      expect(logOf(machine).get(path)).toEqual(files.get(path));
    }
  });

  test("asks the next source when one cannot be read or is refused", async () => {
    const machine = createCrashMachine();
    const broken = filesOf(scene, SIZE);
    broken.delete("body/100");
    const { size, sources } = await followOnce(
      machine,
      { ...filesToSource(broken), name: "broken" },
      { ...filesToSource(filesOf(scene, 400)), name: "good" },
    );
    expect(size).toBe(400);
    expect(sources).toMatchObject([
      { source: "broken", state: "refused", code: "body_missing" },
      { source: "good", state: "current" },
    ]);
    expect(await verifiedSize(machine)).toBe(400);
  });
});

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

async function stepsOf(machine: CrashMachine, source: Source): Promise<number> {
  const { follower } = await open(machine, [source]);
  const before = machine.steps();
  await follower.run(never);
  return machine.steps() - before;
}
