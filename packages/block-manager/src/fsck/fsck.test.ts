import { formatNote, parseNote } from "@lucid/protocol";
import { beforeAll, describe, expect, test } from "vitest";
import { network as appended } from "../append/testing/scene.ts";
import { createCrashMachine } from "../disk/testing/crash-machine.ts";
import { pseudoRandom } from "../testing/pseudo-random.ts";
import { fsck } from "./index.ts";
import type { FsckProgress } from "./index.ts";
import { compactedLog, longLog } from "./testing/scenes.ts";
import type { Files } from "./testing/scenes.ts";

const check = (files: Files) => fsck(createCrashMachine(files).disk());
const found = async (files: Files) =>
  (await check(files)).findings.map(({ path, code }) => `${code} ${path}`);

/** The log with other bytes at a path; null: without it. */
const changed = (files: Files, path: string, bytes: Uint8Array | null): Files => {
  const copy = new Map(files);
  if (bytes === null) copy.delete(path);
  else copy.set(path, bytes);
  return copy;
};

/** A damage may lie in either of two compacted epochs where their blocks meet: then both are named. */
const isBeside = (name: string, path: string): boolean =>
  name.startsWith("damaged compact/") && path.startsWith("compact/") && name !== `damaged ${path}`;

/** A file with one bit turned over: its first byte, its last, and some between. */
function* flipsOf(bytes: Uint8Array, many: number): Generator<Uint8Array> {
  const random = pseudoRandom(bytes.length);
  const between = Array.from({ length: many }, () => Math.floor(random() * bytes.length));
  for (const at of new Set([0, bytes.length - 1, ...between])) {
    const copy = bytes.slice();
    copy[at] = (copy[at] as number) ^ (1 << Math.floor(random() * 8));
    yield copy;
  }
}

describe.each([
  ["with compacted epochs", compactedLog, 6],
  ["with full tiles", longLog, 3],
])("a log %s", (_, make, many) => {
  let files: Files = new Map();
  beforeAll(async () => void (files = await make()));

  test("is clean", async () => {
    const { clean, findings, size, checked } = await check(files);
    expect(findings).toEqual([]);
    expect([clean, checked.entries]).toEqual([true, size]);
  });

  test("with one bit of any file turned over names that file, and no other", async () => {
    for (const [path, bytes] of files) {
      for (const flipped of flipsOf(bytes, many)) {
        const names = await found(changed(files, path, flipped));
        expect(names, path).toContain(`damaged ${path}`);
        expect(
          names.filter((name) => !isBeside(name, path)),
          path,
        ).toEqual([`damaged ${path}`]);
      }
    }
  }, 120_000);

  test("with a file cut off or continued names that file, and no other", async () => {
    for (const [path, bytes] of files) {
      const longer = Uint8Array.from([...bytes, 0]);
      const [shorter, none] = [bytes.slice(0, -1), new Uint8Array(0)];
      for (const other of [shorter, longer, none])
        expect(await found(changed(files, path, other)), path).toEqual([`damaged ${path}`]);
    }
  }, 120_000);

  test("without a file names it", async () => {
    const needed = [...files.keys()].filter((path) => !/\.p\/|^compact\//.test(path));
    for (const path of needed)
      expect(await found(changed(files, path, null)), path).toEqual([`missing ${path}`]);
  }, 120_000);
});

test("a compacted epoch that is not there leaves bodies missing", async () => {
  const names = await found(changed(compactedLog(), "compact/3", null));
  expect(names.every((name) => name.startsWith("missing body/"))).toBe(true);
  expect(names.length).toBeGreaterThan(5);
});

describe("a log", () => {
  let files: Files = new Map();
  beforeAll(async () => void (files = await longLog()));

  test("needs the partial tiles and bundles of its own size, not those of earlier ones", async () => {
    expect(await found(changed(files, "tile/0/001.p/6", null))).toEqual(["missing tile/0/001.p/6"]);
    expect(await found(changed(files, "tile/entries/001.p/2", null))).toEqual([]);
  });

  test("names what belongs to nothing, and what was left over", async () => {
    const one = Uint8Array.of(1);
    const extra = new Map([
      ...files,
      ["body/07", one],
      ["body/1", one],
      ["body/262", one],
      ["body/3.tmp", one],
      ["checkpoint.next", one],
      ["compact/900", one],
      ["lock", one],
      ["notes.txt", one],
      ["quarantine/body_9", one],
      ["tile/0/002", one],
      ["tile/0/3", one],
    ]);
    expect(await found(extra)).toEqual([
      "superfluous body/07",
      "superfluous body/1",
      "leftover body/262",
      "leftover body/3.tmp",
      "leftover checkpoint.next",
      "leftover compact/900",
      "superfluous notes.txt",
      "leftover tile/0/002",
      "superfluous tile/0/3",
    ]);
    const { findings } = await fsck(createCrashMachine(extra).disk(), { live: true });
    expect(findings.filter(({ code }) => code === "leftover")).toEqual([]);
  });

  test("that lost a tile and the bundle below it names both", async () => {
    const worse = changed(changed(files, "tile/0/000", null), "tile/entries/000", null);
    expect(await found(worse)).toEqual(["missing tile/0/000", "missing tile/entries/000"]);
  });

  test("of another network, or without an identity, is not looked into", async () => {
    const disk = createCrashMachine(files).disk();
    const report = await fsck(disk, { networkId: "00".repeat(32) });
    expect(report).toMatchObject({
      clean: false,
      size: null,
      findings: [{ path: "network.json" }],
    });
    expect((await fsck(disk, { networkId: appended.networkId })).clean).toBe(true);
  });

  test("is told by its cosigners' lines when they are known", async () => {
    const note = parseNote(files.get("checkpoint") as Uint8Array);
    const line = { name: "witness", keyId: "01020304", signature: new Uint8Array(72) };
    const signed = formatNote({ ...note, signatures: [...note.signatures, line] });
    const disk = createCrashMachine(changed(files, "checkpoint", signed)).disk();
    expect((await fsck(disk)).clean).toBe(true);
    expect((await fsck(disk, { cosigners: [] })).findings).toMatchObject([{ path: "checkpoint" }]);
  });

  test("is read with progress, and no further when that is asked", async () => {
    const disk = createCrashMachine(files).disk();
    const seen: FsckProgress[] = [];
    await fsck(disk, { onProgress: (progress) => void seen.push(progress) });
    expect(seen.filter(({ step }) => step === "blocks")).toHaveLength(262);
    expect(seen.at(-1)?.step).toBe("files");
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(fsck(disk, { signal })).rejects.toThrow("enough");
  });
});
