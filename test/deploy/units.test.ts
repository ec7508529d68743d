import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../e2e/lucid.ts";

const folder = join(repository, "deploy/systemd");
const units = readdirSync(folder);

/** What keeps a service's memory small; the Dockerfile and the units say the same. */
const lean = ["NODE_OPTIONS=--max-semi-space-size=2", "MALLOC_ARENA_MAX=1"];

test("images and units keep memory small by the same settings", () => {
  for (const path of ["deploy/Dockerfile", ...units.map((name) => `deploy/systemd/${name}`)])
    for (const setting of lean)
      expect(readFileSync(join(repository, path), "utf8"), path).toContain(setting);
});

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;
test.skipIf(!hasSystemd).each(units)("%s is well shut", (name) => {
  const { stdout } = spawnSync(
    "systemd-analyze",
    ["security", "--offline=true", "--no-pager", join(folder, name)],
    { encoding: "utf8" },
  );
  const exposure = Number(/Overall exposure level.*: ([\d.]+)/.exec(stdout)?.[1]);
  console.log(`${name}: exposure ${exposure} of 10`);
  expect(exposure).toBeLessThan(2);
});
