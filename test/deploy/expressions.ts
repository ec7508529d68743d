import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repository } from "../e2e/lucid.ts";

/** An expression of PromQL, and where it stands. */
export type Expression = { readonly place: string; readonly expr: string };

type Rules = {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
};
type Dashboard = {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
};

const read = (path: string): string => readFileSync(join(repository, "deploy", path), "utf8");

/** What the alert rules and the dashboard ask Prometheus. */
export const listExpressions = (): Expression[] => {
  const { groups } = parse(read("prometheus/rules.yml")) as Rules;
  const { panels } = JSON.parse(read("grafana/dashboards/lucid.json")) as Dashboard;
  return [
    ...groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => ({ place: alert, expr }))),
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ place: title, expr }))),
  ];
};

type Series = { readonly name: string; readonly labels: ReadonlyMap<string, string> };

const labelsIn = (text: string): [string, string, string][] =>
  [...text.matchAll(/(\w+)(=~?)"([^"]*)"/g)].map(([, name = "", kind = "", value = ""]) => [
    name,
    kind,
    value,
  ]);

/** Series as services tell them (https://prometheus.io/docs/instrumenting/exposition_formats/). */
export const parseSeries = (text: string): Series[] =>
  text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [, name = "", labels = ""] = /^(\w+)(?:\{(.*)\})? /.exec(line) ?? [];
      return {
        name,
        labels: new Map(labelsIn(labels).map(([label, , value]) => [label, value])),
      };
    });

/** Prometheus and deploy/prometheus/prometheus.yml give these to every series. */
const OWN_LABELS = ["job", "instance", "network", "alertname"];

/** What an expression asks for that no series has: a name, a label, or a label's value. */
export const findMissing = (expr: string, series: readonly Series[]): string[] => {
  const selectors = [...expr.matchAll(/\b((?:lucid|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)];
  const asked = selectors.flatMap(([, name = ""]) => series.filter((one) => one.name === name));
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.trim()),
  );
  return [
    ...selectors.flatMap(([, name = "", matchers = ""]) => {
      const own = series.filter((one) => one.name === name);
      if (own.length === 0) return [name];
      return labelsIn(matchers).flatMap(([label, kind, value]) =>
        (kind === "=~" ? value.split("|") : [value])
          .filter((wanted) => !own.some(({ labels }) => labels.get(label) === wanted))
          .map((wanted) => `${name}{${label}="${wanted}"}`),
      );
    }),
    ...grouped.filter(
      (label) => !OWN_LABELS.includes(label) && !asked.some(({ labels }) => labels.has(label)),
    ),
  ];
};
