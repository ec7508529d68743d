import type { Source } from "@lucid/verify";
import { describe, expect, test } from "vitest";
import { filesToSource } from "../../../verify/src/testing/index.ts";
import { filesOf } from "../compact/testing/scene.ts";
import { createCrashMachine, PowerLoss } from "../disk/testing/crash-machine.ts";
import type { CrashMachine } from "../disk/testing/crash-machine.ts";
import { pseudoRandom } from "../testing/pseudo-random.ts";
import { followOnce, logOf, never, open, scene, SIZE, verifiedSize } from "./testing/scene.ts";

const NOTE = "log/mirror/progress";

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

  test.each<[string, (note: string) => string]>([
    ["with another key in it", (note) => note.replace(/(?<="network_key":")../, "00")],
    ["of which half is left", (note) => note.slice(0, note.length / 2)],
  ])(
    "reads its own blocks again where its note of how far it came is one %s",
    async (_, damage) => {
      const machine = createCrashMachine();
      await followOnce(machine, filesToSource(filesOf(scene, 300)));
      const disk = machine.disk();
      const note = new TextDecoder().decode((await disk.read(NOTE)) ?? undefined);
      expect(damage(note)).not.toBe(note);
      await disk.write([{ path: NOTE, bytes: new TextEncoder().encode(damage(note)) }]);
      const { sources } = await followOnce(machine, filesToSource(filesOf(scene, SIZE)));
      expect(sources).toMatchObject([{ state: "current", size: SIZE }]);
      expect(await verifiedSize(machine)).toBe(SIZE);
    },
  );

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

async function stepsOf(machine: CrashMachine, source: Source): Promise<number> {
  const { follower } = await open(machine, [source]);
  const before = machine.steps();
  await follower.run(never);
  return machine.steps() - before;
}
