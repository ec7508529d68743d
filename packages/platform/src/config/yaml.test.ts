import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadConfig } from "./index.ts";
import { problemsOf, schema } from "./testing/sample.ts";

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "lucid-config-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

const write = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

describe("lucid.yaml", () => {
  it("is read without guessing: leading zeros, yes and exponents stay what was written", () => {
    const file = write(
      "literal.yaml",
      "node_management_port: 1e3\ntrust_proxy: yes\nlucid_data_path: 007\n",
    );
    expect(problemsOf({ file })).toEqual([
      expect.stringContaining('NODE_MANAGEMENT_PORT: "1e3"'),
      expect.stringContaining('TRUST_PROXY: "yes"'),
    ]);
  });

  it("may write lists as lists", () => {
    const file = write(
      "list.yaml",
      "cors_origins:\n  - https://a.example\n  - https://b.example\n",
    );
    expect(loadConfig(schema, { file }).values.CORS_ORIGINS).toEqual([
      "https://a.example",
      "https://b.example",
    ]);
  });

  it.each([
    ["a: 1\na: 2\n", "unique"],
    ["- x\n", "NAME: value"],
    ["log_level: {a: 1}\n", "one value or a list"],
    ["log_level: [\n", "lucid"],
  ])("%j is refused", (text, reason) => {
    expect(problemsOf({ file: write("lucid-bad.yaml", text) }).join()).toContain(reason);
  });

  it("has to be there when it is named, and may be empty", () => {
    expect(problemsOf({ file: join(directory, "none.yaml") })).toEqual([
      expect.stringContaining("ENOENT"),
    ]);
    expect(problemsOf({ file: write("empty.yaml", "# nothing yet\n") })).toEqual([]);
  });
});
