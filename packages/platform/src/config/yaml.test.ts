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

describe("a file of settings", () => {
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

  it("holds sections of other programs, which are passed over", () => {
    const file = write("sections.yaml", "log_level: debug\nother:\n  port: x\nempty:\n");
    const otherSections = ["other", "empty"];
    expect(loadConfig(schema, { file, otherSections }).values.LOG_LEVEL).toBe("debug");
  });

  it("may hold our settings in a section of their own", () => {
    const file = write("own.yaml", "log_level: none of ours\nOther:\n  log_level: debug\n");
    const config = loadConfig(schema, { file, section: "other" });
    expect([config.values.LOG_LEVEL, config.origins.LOG_LEVEL]).toEqual(["debug", "own.yaml"]);
    const without = write("without.yaml", "log_level: none of ours\nother:\n");
    expect(loadConfig(schema, { file: without, section: "other" }).values.LOG_LEVEL).toBe("info");
  });

  it.each([
    [{ otherSections: ["block_manager"] }, "block_manger: {a: 1}\n", "mean BLOCK_MANAGER?"],
    [{ section: "block_manager" }, "block_manger: {a: 1}\n", "mean BLOCK_MANAGER?"],
    [{ section: "block_manager" }, "block_manager: {log_levl: x}\n", "mean LOG_LEVEL?"],
    [{ section: "block_manager" }, "block_manager: [x]\n", "a list of NAME: value"],
    [{ otherSections: ["block_manager"] }, "block_manager: x\n", "no such setting"],
    [{}, "block_manager: {a: 1}\n", "no such setting"],
    [
      { otherSections: ["block_manager"] },
      "block_manager_port: 1\n",
      "What is for block_manager stands under block_manager:",
    ],
    [
      { elsewhere: { SIGNER_DAY_COUNT: "in signer.yaml" } },
      "signer_day_count: 1\n",
      "belongs elsewhere: in signer.yaml",
    ],
  ])("%j of %j is refused", (sources, text, reason) => {
    const file = write("lucid-section.yaml", text);
    expect(problemsOf({ ...sources, file }).join()).toContain(reason);
  });

  it("has to be there when it is named, and may be empty", () => {
    expect(problemsOf({ file: join(directory, "none.yaml") })).toEqual([
      expect.stringContaining("ENOENT"),
    ]);
    expect(problemsOf({ file: write("empty.yaml", "# nothing yet\n") })).toEqual([]);
  });
});
