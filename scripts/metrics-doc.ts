import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../packages/", import.meta.url));

/** A metric as the source that makes it declares it. */
export type DeclaredMetric = {
  readonly name: string;
  readonly kind: string;
  readonly help: string;
  readonly labels: readonly string[];
};

const declaration =
  /\.(counter|gauge|histogram)\(\s*"(lucid_\w+)",\s*"([^"]+)"(?:,\s*\[([^\]]*)\])?/g;

const declaredIn = (source: string): DeclaredMetric[] =>
  [...source.matchAll(declaration)].map(([, kind = "", name = "", help = "", labels = ""]) => ({
    name,
    kind,
    help,
    labels: [...labels.matchAll(/"(\w+)"/g)].map(([, label = ""]) => label),
  }));

/** Every metric that the sources of a package declare, by name. */
export const declaredMetrics = (name: string): DeclaredMetric[] =>
  globSync(`${name}/src/**/*.ts`, { cwd: packages })
    .filter((path) => !path.endsWith(".test.ts"))
    .flatMap((path) => declaredIn(readFileSync(`${packages}${path}`, "utf8")))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

const row = ({ name, kind, help, labels }: DeclaredMetric): string =>
  `| \`${name}\` | ${kind} | ${labels.map((label) => `\`${label}\``).join(", ")} | ${help.replace(/\.$/, "")} |`;

const section = (title: string, name: string): string =>
  [
    `## ${title}`,
    "",
    "| metric | kind | labels | what it says |",
    "| --- | --- | --- | --- |",
    ...declaredMetrics(name).map(row),
    "",
  ].join("\n");

/** docs/metrics.md */
export const renderMetricsDoc = (): string =>
  [
    "# Metrics",
    "",
    "Each service serves `GET /metrics` for Prometheus on its own port (`METRICS_PORT`). Names follow Prometheus' rules: base",
    "units (seconds, bytes), `_total` for what only grows, no unit where things are counted. Besides these there are the",
    "`process_` and `nodejs_` metrics of prom-client. The signer serves none: its port would be one more way to the key;",
    "`lucid signer status` says how it does. Rules and a dashboard: [containers.md](containers.md).",
    "",
    section("Both services", "platform"),
    section("node-management", "node-management"),
    section("block-manager", "block-manager"),
  ].join("\n");
