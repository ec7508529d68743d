import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestService as startBlockManager } from "../../packages/block-manager/src/testing/service.ts";
import { startTestService } from "../../packages/node-management/src/testing/service.ts";
import { declaredMetrics } from "../../scripts/metrics-doc.ts";

type Shown = { readonly name: string; readonly help: string; readonly type: string };

/** What promtool's linter asks of a name (https://prometheus.io/docs/practices/naming). */
const lint = ({ name, help, type }: Shown): string[] => {
  const rules: readonly (readonly [boolean, string])[] = [
    [!/^[a-z][a-z0-9_]*$/.test(name), "has other than lower-case words joined by _"],
    [help.trim() === "", "has no help"],
    [type === "counter" && !name.endsWith("_total"), "counts and does not end in _total"],
    [type !== "counter" && name.endsWith("_total"), "ends in _total and does not count"],
    [
      /_(ms|milliseconds|minutes|hours|kilobytes|kib|mib|percent)(_|$)/.test(name),
      "has no base unit",
    ],
    [/_(counter|gauge|histogram|summary|metric)(_|$)/.test(name), "names its type"],
    [/_(count|sum|bucket)$/.test(name), "ends as a series of a histogram does"],
    [type === "histogram" && !/_(seconds|bytes)$/.test(name), "measures without a unit"],
    [!name.startsWith("lucid_"), "is not ours by its name"],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, words]) => `${name} ${words}`);
};

const readMetrics = async (url: string): Promise<{ text: string; shown: Shown[] }> => {
  const text = await (await fetch(url)).text();
  const helps = [...text.matchAll(/^# HELP (lucid_\w+) (.*)$/gm)];
  const types = new Map(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => [name, type]),
  );
  return {
    text,
    shown: helps.map(([, name = "", help = ""]) => ({ name, help, type: types.get(name) ?? "" })),
  };
};

const stack = new AsyncDisposableStack();
const services = {
  "node-management": async () => {
    const world = stack.use(await startTestService());
    await world.join("a");
    await world.goTo(world.network.genesis.first_slot + 3);
    return world.service.metricsUrl;
  },
  "block-manager": async () => {
    const world = stack.use(await startBlockManager({ passed: 3 }));
    await world.grow(3);
    return world.service.metricsUrl;
  },
};
afterAll(() => stack.disposeAsync());

/** What a founder wants to see of each. */
const subjects = {
  "node-management": [
    "http",
    "beacons",
    "slot",
    "sealed_slots",
    "epoch",
    "epochs_settled",
    "settlement",
    "ledger_entries",
    "payouts",
    "chore_runs",
    "store_operation",
    "pools",
    "nodes",
    "commands",
    "resource_alerts",
  ],
  "block-manager": ["http", "appended_blocks", "log_blocks", "chore_runs", "append_lag"],
} as const;

describe.each(Object.entries(services))("metrics of %s", (name, open) => {
  let found: Awaited<ReturnType<typeof readMetrics>>;
  beforeAll(async () => void (found = await readMetrics(await open())));

  it("have names, units and help as Prometheus wants them", () => {
    expect(found.shown.flatMap(lint)).toEqual([]);
  });

  it("are all in the documents", () => {
    const declared = [...declaredMetrics("platform"), ...declaredMetrics(name)];
    const known = new Map(declared.map((metric) => [metric.name, metric]));
    for (const { name: shown, help, type } of found.shown)
      expect(known.get(shown), shown).toMatchObject({ help, kind: type });
  });

  it("tell of everything that a founder watches", () => {
    const missing = subjects[name as keyof typeof subjects].filter(
      (subject) => !found.shown.some((metric) => metric.name.startsWith(`lucid_${subject}`)),
    );
    expect(missing).toEqual([]);
  });

  it("have no label without bounds: ids of nodes, owners and requests stay out", () => {
    expect(found.text).not.toMatch(/\{[^}]*(node_|owner_|payout_|pool_[a-z0-9]{5})[a-z2-7]{20}/);
  });
});

describe("every declared metric", () => {
  it("passes the same rules", () => {
    const declared = ["platform", "node-management", "block-manager"].flatMap(declaredMetrics);
    expect(declared.length).toBeGreaterThan(40);
    expect(declared.flatMap(({ name, help, kind }) => lint({ name, help, type: kind }))).toEqual(
      [],
    );
  });
});
