import { Counter, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = {
  readonly registry: Registry;
  /** Counts events; the name ends in `_total`. */
  counter<Label extends string = never>(
    name: string,
    help: string,
    labels?: readonly Label[],
  ): Counter<Label>;
  /** A value that goes up and down; the name ends in its unit where it has one. */
  gauge<Label extends string = never>(
    name: string,
    help: string,
    labels?: readonly Label[],
  ): Gauge<Label>;
  /** A distribution; the name ends in its unit, `_seconds` or `_bytes`. */
  histogram<Label extends string = never>(
    name: string,
    help: string,
    labels?: readonly Label[],
    buckets?: readonly number[],
  ): Histogram<Label>;
};

const latencyBuckets = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Words that a name does not have, and what it has instead. */
const refusedWords: readonly (readonly [RegExp, string])[] = [
  [/^(counter|gauge|histogram|summary|metric)$/, "the type is told beside the name"],
  [
    /^(ns|us|ms|nanoseconds|microseconds|milliseconds|minutes|hours|days|weeks|percent)$/,
    "base units are seconds, and ratios from 0 to 1",
  ],
  [/^(bits|kilobytes|megabytes|gigabytes|kib|mib|gib)$/, "the base unit is bytes"],
];

/** Names follow https://prometheus.io/docs/practices/naming: base units, a suffix that tells them. */
const checkName = (name: string, help: string, suffixes: readonly string[]): void => {
  if (!/^lucid_[a-z][a-z0-9_]*$/.test(name)) {
    throw new Error(`metric ${name}: use lucid_ and lower-case words joined by _`);
  }
  const words = name.split("_");
  for (const [refused, why] of refusedWords)
    if (words.some((word) => refused.test(word))) throw new Error(`metric ${name}: ${why}`);
  if (/_(count|sum|bucket)$/.test(name) || (suffixes.length === 0 && name.endsWith("_total")))
    throw new Error(`metric ${name}: its last word means something else to Prometheus`);
  if (suffixes.length > 0 && !suffixes.some((suffix) => name.endsWith(suffix))) {
    throw new Error(`metric ${name}: the name has to end in ${suffixes.join(" or ")}`);
  }
  if (help.trim() === "") throw new Error(`metric ${name}: say in the help text what it measures`);
};

/** A registry of its own, and factories that keep names in order. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const base = <Label extends string>(name: string, help: string, labels?: readonly Label[]) => ({
    name,
    help,
    labelNames: [...(labels ?? [])],
    registers: [registry],
  });
  return {
    registry,
    counter: (name, help, labels) => {
      checkName(name, help, ["_total"]);
      return new Counter(base(name, help, labels));
    },
    gauge: (name, help, labels) => {
      checkName(name, help, []);
      return new Gauge(base(name, help, labels));
    },
    histogram: (name, help, labels, buckets = latencyBuckets) => {
      checkName(name, help, ["_seconds", "_bytes"]);
      return new Histogram({ ...base(name, help, labels), buckets: [...buckets] });
    },
  };
};
