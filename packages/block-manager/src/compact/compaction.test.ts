import { encodeBody, epochsOfHeight, toHex } from "@lucid/protocol";
import { systemClock } from "@lucid/platform/clock";
import { describe, expect, test } from "vitest";
import { filesToSource } from "../../../verify/src/testing/index.ts";
import { openLog } from "@lucid/verify";
import { createCrashMachine, PowerLoss } from "../disk/testing/crash-machine.ts";
import type { CrashMachine } from "../disk/testing/crash-machine.ts";
import { openStore } from "../store/index.ts";
import { pseudoRandom } from "../testing/pseudo-random.ts";
import { createBodies, createCompaction } from "./index.ts";
import { createScene, filesOf } from "./testing/scene.ts";
import type { Scene } from "./testing/scene.ts";

const clock = systemClock;
const scene = createScene({ size: 96 }); // epochs 1 (from its slot index 5) to 4, and the beginning of 5
const CLOSED = [1, 2, 3, 4];
const never = new AbortController().signal;

async function machineWith(files: ReadonlyMap<string, Uint8Array>): Promise<CrashMachine> {
  const machine = createCrashMachine();
  const given = Array.from(files, ([path, bytes]) => ({ path: `log/${path}`, bytes }));
  await machine.disk().write(given);
  return machine;
}

async function open(machine: CrashMachine) {
  const { genesis } = scene.network;
  const store = await openStore({ home: machine.disk(), genesis }, { mode: "follow" });
  const bodies = createBodies({ store, clock });
  return { store, bodies, compaction: createCompaction({ store, bodies, clock }) };
}

async function compactAll(machine: CrashMachine): Promise<void> {
  const { store, compaction } = await open(machine);
  await using _ = store;
  await compaction.run(never);
}

function logOf(machine: CrashMachine): Map<string, Uint8Array> {
  const files = Array.from(machine.files()).filter(([path]) => path.startsWith("log/"));
  return new Map(files.map(([path, bytes]) => [path.slice("log/".length), bytes]));
}

/** Every body as whoever reads the directory finds it. */
async function bodiesIn(machine: CrashMachine): Promise<string[]> {
  const log = await openLog(filesToSource(logOf(machine)));
  const found: string[] = [];
  for await (const { body } of log.blocks(0, log.checkpoint.size)) {
    found.push(toHex(encodeBody(body)));
  }
  return found;
}

const sealed = ({ blocks }: Scene) => blocks.map(({ body }) => toHex(encodeBody(body)));

describe("compaction", () => {
  test("replaces the bodies of closed epochs, and every one is still served byte for byte", async () => {
    const machine = await machineWith(filesOf(scene));
    await compactAll(machine);
    const files = logOf(machine);
    expect(files).toEqual(filesOf(scene, 96, { compacted: CLOSED }));
    expect(await bodiesIn(machine)).toEqual(sealed(scene));
    const { store, bodies } = await open(machine);
    await using _ = store;
    for (const [height, body] of sealed(scene).entries()) {
      expect(toHex(await bodies.bodyAt(height))).toBe(body);
    }
  });

  test("leaves an epoch alone until the log says that it is closed", async () => {
    const { genesis } = scene.network;
    const closing = 3 * genesis.slots_per_epoch - genesis.first_slot + 1; // slot index 1 of epoch 3
    const machine = await machineWith(filesOf(scene, closing));
    await compactAll(machine);
    expect(logOf(machine)).toEqual(filesOf(scene, closing, { compacted: [1] }));
  });

  test("may be cut off at any step, by a kill or a loss of power, and loses nothing", async () => {
    const size = 60;
    const files = filesOf(scene, size);
    const bodies = sealed(scene).slice(0, size);
    const steps = await stepsOf(files);
    expect(steps).toBeGreaterThan(50);
    for (let step = 0; step <= steps; step += 7) {
      for (const loss of ["kill", "lost", "torn"] as const) {
        const machine = await machineWith(files);
        const { compaction } = await open(machine);
        machine.stopAfter(step);
        await expect(compaction.run(never)).rejects.toBeInstanceOf(PowerLoss);
        machine.restart(loss, pseudoRandom(step));
        expect(await bodiesIn(machine)).toEqual(bodies);
        await compactAll(machine);
        expect(logOf(machine)).toEqual(filesOf(scene, size, { compacted: [1, 2] }));
      }
    }
  });

  test("drops no body while the compacted epoch does not give it back", async () => {
    const machine = await machineWith(filesOf(scene));
    const other = createScene({ size: 96, nodes: 4 });
    const wrong = filesOf(other, 96, { compacted: [1] }).get("compact/1") as Uint8Array;
    await machine.disk().write([{ path: "log/compact/1", bytes: wrong }]);
    const { compaction } = await open(machine);
    await expect(compaction.run(never)).rejects.toMatchObject({
      code: "store.damaged",
      path: "compact/1",
    });
    const left = [...logOf(machine).keys()].filter((path) => path.startsWith("body/"));
    expect(left).toHaveLength(96);
  });

  test("names the body file that holds other bytes than were sealed", async () => {
    const machine = await machineWith(filesOf(scene));
    const height = 30;
    expect(epochsOfHeight(scene.network.genesis, height)).toEqual([2]);
    machine.put(`log/body/${height}`, Uint8Array.of(1, 2, 3));
    const { compaction } = await open(machine);
    await expect(compaction.run(never)).rejects.toMatchObject({
      code: "store.damaged",
      path: `body/${height}`,
    });
  });

  test("ends soon when it is told to", async () => {
    const machine = await machineWith(filesOf(scene));
    const { compaction } = await open(machine);
    await expect(compaction.run(AbortSignal.abort(new Error("stop")))).rejects.toThrow("stop");
  });
});

async function stepsOf(files: ReadonlyMap<string, Uint8Array>): Promise<number> {
  const machine = await machineWith(files);
  const { compaction } = await open(machine);
  const before = machine.steps();
  await compaction.run(never);
  return machine.steps() - before - 1;
}
