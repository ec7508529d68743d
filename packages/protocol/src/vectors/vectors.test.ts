import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { recompute } from "./recompute.ts";

const folder = new URL("../../../../vectors/", import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length));

function committed(name: string): string {
  return readFileSync(new URL(`${name}.json`, folder), "utf8");
}

/** Read by the tests of packages/tron and packages/tron-devnet: protocol knows nothing of TRON's transactions. */
const elsewhere = ["tron"];
const ours = names.filter((name) => !elsewhere.includes(name));

test("every vector file is recomputed, and nothing else", () => {
  expect(Object.keys(recompute).toSorted()).toEqual(ours.toSorted());
});

describe("outputs follow from inputs", () => {
  test.each(ours)("%s", (name) => {
    expect(recompute[name]?.()).toEqual(JSON.parse(committed(name)));
  });
});

const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe.skipIf(!hasPython)("the committed file is what its Python script prints", () => {
  test.each(names)("%s", (name) => {
    const script = fileURLToPath(new URL(`${name}.py`, folder));
    const printed = execFileSync("python3", ["-B", script, "--print"], { encoding: "utf8" });
    expect(printed === committed(name), `run python3 vectors/${name}.py`).toBe(true);
  });
});
