import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../e2e/lucid.ts";
import { hasProgram } from "../has-program.ts";
import { findMissing, listExpressions, parseSeries } from "./expressions.ts";

test("a name, a label and a value that no service tells are found; test/e2e asks a network that runs", () => {
  const series = parseSeries(
    '# HELP lucid_x it\nlucid_x{state="paid"} 1\nlucid_y_bucket{le="0.5"} 2\n',
  );
  expect(findMissing('sum by (state) (lucid_x{state="paid"}) > 0', series)).toEqual([]);
  expect(findMissing("lucid_z", series)).toEqual(["lucid_z"]);
  expect(findMissing('lucid_x{state=~"paid|lost"}', series)).toEqual(['lucid_x{state="lost"}']);
  expect(findMissing("max by (chore) (lucid_x)", series)).toEqual(["chore"]);
  expect(listExpressions().length).toBeGreaterThan(20);
});

const hasPromtool = hasProgram("promtool", "the settings of Prometheus are not read");
test.skipIf(!hasPromtool)("Prometheus reads its settings and the rules", () => {
  const file = join(repository, "deploy/prometheus/prometheus.yml");
  const { status, stderr } = spawnSync("promtool", ["check", "config", file], { encoding: "utf8" });
  expect(stderr).not.toContain("FAILED");
  expect(status).toBe(0);
});
