import { spawnSync } from "node:child_process";
import { exitCode } from "@lucid/agent";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPage } from "./page.ts";
import { createScratch, type Scratch } from "./scratch.ts";
import { makeNetwork, symptoms } from "./symptoms.ts";

const page = readPage("docs/troubleshooting.md");
const SLOW_MS = 180_000;

const has = (program: string): boolean => spawnSync("which", [program]).status === 0;
const isRoot = process.getuid?.() === 0;
/** What a symptom needs of the machine, where that is more than Node. */
const missing: Readonly<Record<string, string | false>> = {
  "It does not start: permission denied": !(isRoot && has("setpriv")) && "root and setpriv",
  "The disk is full": !isRoot && "root, to mount a small disk",
  "It does not start: wrong password": !has("redis-server") && "redis-server",
  "Redis evicts keys": !has("redis-server") && "redis-server",
};

type Section = { readonly lines: readonly string[]; readonly code: number | null };

const sections = new Map<string, Section>();
for (const block of page.blocks.filter(({ language }) => language === "text")) {
  const earlier = sections.get(block.section)?.lines ?? [];
  const said = page.text.split(`## ${block.section}\n`)[1]?.split("\n## ")[0] ?? "";
  const code = /Exit code (\d+)/.exec(said)?.[1];
  sections.set(block.section, {
    lines: [...earlier, ...block.text.split("\n")],
    code: code === undefined ? null : Number(code),
  });
}

/** The document's line, in which … stands for anything within a line. */
const toPattern = (line: string): RegExp =>
  new RegExp(`^${line.split("…").map(literally).join(".+")}$`, "m");

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

test("every symptom of the page is brought about, and nothing else", () => {
  expect(Object.keys(symptoms).toSorted()).toEqual([...sections.keys()].toSorted());
});

test("every exit code stands in the page's table", () => {
  const rows = [...page.text.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  expect(rows).toEqual(Object.values(exitCode));
});

let model: Scratch;
beforeAll(async () => {
  model = await createScratch();
  await makeNetwork(model);
});
afterAll(() => model[Symbol.asyncDispose]());

describe.concurrent("what is printed is what the page says", () => {
  for (const [section, { lines, code }] of sections) {
    const needs = missing[section] ?? false;
    if (needs !== false) process.stderr.write(`skipped "${section}": it needs ${needs}\n`);
    test.skipIf(needs !== false)(section, { timeout: SLOW_MS }, async ({ expect: check }) => {
      await using scratch = await createScratch();
      const ended = (await symptoms[section]?.(scratch)) ?? [];
      const out = ended.map((one) => scratch.there(one.out)).join("\n");
      for (const line of lines) check(out).toMatch(toPattern(line));
      check(new Set(ended.map((one) => one.code))).toEqual(new Set([code]));
    });
  }
});
