import { mkdtemp, rm } from "node:fs/promises";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DiskError, openDisk } from "./index.ts";
import type { Disk } from "./index.ts";
import { createCrashMachine, PowerLoss } from "./testing/crash-machine.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const file = (path: string, text: string) => ({ path, bytes: bytes(text) });

let folder = "";
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "lucid-disk-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const makers: [string, (name: string) => Promise<Disk>][] = [
  ["in memory", async () => createCrashMachine().disk()],
  ["of the system", (name) => openDisk(join(folder, name), { create: true })],
];

describe.each(makers)("a disk %s", (_, make) => {
  test("keeps what is written, in folders that it makes", async () => {
    const disk = await make("written");
    await disk.write([file("a", "1"), file("x/y/b", "22"), file("x/c", "")]);
    await disk.write([file("a", "3")]);
    expect(await disk.read("a")).toEqual(bytes("3"));
    expect(await disk.read("x/y/b")).toEqual(bytes("22"));
    expect([await disk.size("x/y/b"), await disk.size("x/c"), await disk.size("x")]).toEqual([
      2,
      0,
      null,
    ]);
    expect(await disk.list("")).toEqual([
      { name: "a", kind: "file" },
      { name: "x", kind: "folder" },
    ]);
    expect(await disk.list("x")).toEqual([
      { name: "c", kind: "file" },
      { name: "y", kind: "folder" },
    ]);
    expect([await disk.read("x/none"), await disk.read("a/none"), await disk.list("none")]).toEqual(
      [null, null, []],
    );
    expect(await disk.folder("x").read("y/b")).toEqual(bytes("22"));
  });

  test("publishes, moves and removes", async () => {
    const disk = await make("moved");
    await disk.publish(file("p", "1"));
    await disk.publish(file("p", "2"));
    await disk.write([file("d/e/f", "3"), file("d/g", "4")]);
    await disk.move("p", "q/r");
    expect([await disk.read("p"), await disk.read("q/r")]).toEqual([null, bytes("2")]);
    await disk.remove(["d", "none", "q/none"]);
    expect((await disk.list("")).map(({ name }) => name)).toEqual(["q"]);
    await disk.write([file("d/e/f", "5")]);
    expect(await disk.read("d/e/f")).toEqual(bytes("5"));
  });

  test("refuses paths that leave it or have a second form", async () => {
    const disk = await make("paths");
    for (const path of ["", "/a", "a/", "a//b", "../a", "a/./b", "a\\b", "a b"]) {
      await expect(disk.write([file(path, "1")])).rejects.toMatchObject({
        code: "disk.path",
        path,
      });
      await expect(disk.read(path)).rejects.toMatchObject({ code: "disk.path" });
    }
    await expect(disk.read("lock")).rejects.toMatchObject({ code: "disk.path" });
  });

  test("names a file that cannot be written", async () => {
    const disk = await make("refused");
    await disk.write([file("a", "1")]);
    await expect(disk.write([file("a/b", "2")])).rejects.toBeInstanceOf(DiskError);
    expect(await disk.read("a")).toEqual(bytes("1"));
  });

  test("is locked by one at a time", async () => {
    const disk = await make("locked");
    const lock = await disk.lock();
    await expect(disk.lock()).rejects.toMatchObject({ code: "disk.locked" });
    await disk.folder("inside").lock();
    await lock.release();
    await (await disk.lock()).release();
  });
});

test("the lock of a process ends with it", async () => {
  const path = join(folder, "shared");
  const disk = await openDisk(path, { create: true });
  const module = new URL("index.ts", import.meta.url).href;
  const script = `const { openDisk } = await import(${JSON.stringify(module)});
    await (await openDisk(${JSON.stringify(path)})).lock();
    console.log("locked");
    setInterval(() => undefined, 1000);`;
  const other = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(other.stdout, "data");
  await expect(disk.lock()).rejects.toMatchObject({ code: "disk.locked" });
  const exited = once(other, "exit");
  other.kill("SIGKILL");
  await exited;
  await (await disk.lock()).release();
});

test("a folder that is not there is not made by chance", async () => {
  await expect(openDisk(join(folder, "nowhere"))).rejects.toMatchObject({ code: "disk.missing" });
});

test("free space is known where the system says it", async () => {
  expect(await (await openDisk(folder)).freeBytes()).toBeGreaterThan(0);
});

describe("after the power failed", () => {
  const never = () => 0.9;

  test("what was written is there, and what was not is not", async () => {
    const machine = createCrashMachine();
    await machine.disk().write([file("x/y/a", "1")]);
    await machine.disk().publish(file("x/p", "2"));
    machine.restart("lost", never);
    expect([...machine.files().keys()]).toEqual(["x/y/a", "x/p"]);
  });

  test.each(Array.from({ length: 9 }, (_, steps) => steps))(
    "during a replacement, after %i steps, one of the two contents is there, or both",
    async (steps) => {
      for (const seed of [0.1, 0.4, 0.6, 0.9]) {
        const machine = createCrashMachine(new Map([["p", bytes("old")]]));
        machine.stopAfter(steps);
        const [stopped] = await Promise.allSettled([machine.disk().publish(file("p", "new"))]);
        expect([undefined, new PowerLoss()]).toContainEqual(
          "reason" in stopped ? stopped.reason : undefined,
        );
        const wasSeen = new TextDecoder().decode(machine.files().get("p")) === "new";
        machine.restart("torn", () => seed);
        const [at, next] = ["p", "p.next"].map((path) => machine.files().get(path));
        expect(["old", "new"]).toContain(new TextDecoder().decode(at));
        const survives = [at, next].some(
          (content) => content && new TextDecoder().decode(content) === "new",
        );
        expect(wasSeen && !survives).toBe(false);
      }
    },
  );
});
