import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createMetrics, serveMetrics } from "@lucid/platform/metrics";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { repository } from "../e2e/lucid.ts";

const read = (path: string): string => readFileSync(join(repository, path), "utf8");

/** Name and kind of every metric that a service makes, with the series of histograms. */
const seriesOf = (source: string): string[] =>
  [...source.matchAll(/\.(counter|gauge|histogram)\(\s*"(lucid_\w+)"/g)].flatMap(
    ([, kind, name = ""]) =>
      kind === "histogram" ? ["bucket", "sum", "count"].map((part) => `${name}_${part}`) : [name],
  );

const sources = globSync("packages/{node-management,block-manager,platform}/src/**/*.ts", {
  cwd: repository,
}).filter((path) => !path.endsWith(".test.ts"));

type Rule = { readonly alert: string; readonly expr: string };
type Panel = { readonly title: string; readonly targets: readonly { readonly expr: string }[] };

const { groups } = parse(read("deploy/prometheus/rules.yml")) as {
  groups: readonly { readonly rules: readonly Rule[] }[];
};
const { panels } = JSON.parse(read("deploy/grafana/dashboards/lucid.json")) as {
  panels: readonly Panel[];
};

test("every metric of the rules and of the dashboard is made by a service", async () => {
  const made = new Set(sources.flatMap((path) => seriesOf(read(path))));
  await using served = await serveMetrics({
    metrics: createMetrics(),
    host: "127.0.0.1",
    port: 0,
  });
  const ofProcess = await (await fetch(served.url)).text();
  for (const [, name = ""] of ofProcess.matchAll(/^# TYPE (\w+)/gm)) made.add(name);
  const expressions = [
    ...groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr] as const)),
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ];
  expect(expressions.length).toBeGreaterThan(20);
  for (const [place, expr] of expressions)
    for (const [name] of expr.matchAll(/\b(?:lucid|process|nodejs)_\w+/g))
      expect(made.has(name), `${place}: ${name}`).toBe(true);
});

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
test.skipIf(!hasPromtool)("Prometheus reads its settings and the rules", () => {
  const file = join(repository, "deploy/prometheus/prometheus.yml");
  const { status, stderr } = spawnSync("promtool", ["check", "config", file], { encoding: "utf8" });
  expect(stderr).not.toContain("FAILED");
  expect(status).toBe(0);
});
