import { execFile, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
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

const run = promisify(execFile);
const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe
  .skipIf(!hasPython)
  .concurrent("the committed file is what its Python script prints", () => {
    test.each(names)("%s", async (name) => {
      const script = fileURLToPath(new URL(`${name}.py`, folder));
      const { stdout } = await run("python3", ["-B", script, "--print"], { maxBuffer: 2 ** 26 });
      expect(stdout === committed(name), `run python3 vectors/${name}.py`).toBe(true);
    });
  });
