import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readFirstPolicy, readKeyFile, readNetwork, RESTORE_MARK } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "lucid-"));
afterAll(() => rmSync(folder, { recursive: true }));
const put = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test("a folder without a network says how to make one", () => {
  expect(() => readNetwork(folder)).toThrow(
    expect.objectContaining({
      code: "data.missing",
      message: expect.stringMatching(/network\.json \(ENOENT\): .*lucid init/) as string,
    }),
  );
});

test("a folder that a restore has not filled yet is no place for a new network", () => {
  put(RESTORE_MARK, "");
  expect(() => readNetwork(folder)).toThrow(
    /a restore .* is not over; run the same `lucid restore`/,
  );
});

test("a key that is missing is put back, and no network made instead", () => {
  const read = () => readKeyFile(join(folder, "token.key"));
  expect(read).toThrow(/token\.key \(ENOENT\): put your copy of this key there/);
  expect(read).not.toThrow(/lucid init/);
});

test("what is no document of a network is named, and what to put back", () => {
  put("network.json", "{}");
  put("policy.json", "{");
  for (const read of [readNetwork, readFirstPolicy])
    expect(() => read(folder)).toThrow(
      expect.objectContaining({
        code: "network.genesis",
        message: expect.stringContaining("put back the one") as string,
      }),
    );
});

test("a key is 64 hex digits, and what is in its place is never shown", () => {
  const seed = "ab".repeat(32);
  expect(readKeyFile(put("good.key", `${seed}\n`))).toBe(seed);
  const bad = put("bad.key", `${seed}c`);
  expect(() => readKeyFile(bad)).toThrow(expect.objectContaining({ code: "data.key" }));
  expect(() => readKeyFile(bad)).not.toThrow(seed);
});
