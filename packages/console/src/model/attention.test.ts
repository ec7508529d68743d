import { describe, expect, it } from "vitest";
import { type Known, mattersOf } from "./attention.ts";

const network = {
  log: { state: "up_to_date", lag_slots: 0 },
  nodes: { offline: 0, pending: 0 },
  payouts: { state: "running", reason: null },
};
const nothing = { statistics: undefined, solvency: undefined, held: undefined };

const wordsOf = (known: object): string[] =>
  mattersOf({ network, ...nothing, alerts: undefined, commands: undefined, ...known } as Known).map(
    ({ tone, words, href }) => `${tone} ${words} ${href}`,
  );

const page = (total: number) => ({ total, limit: 1 });

describe("what needs attention", () => {
  it("is nothing where all is well, or not known", () => {
    expect(wordsOf({})).toEqual([]);
    expect(wordsOf({ solvency: { covers: null }, held: 0 })).toEqual([]);
  });

  it("begins with what is bad", () => {
    expect(
      wordsOf({
        network: {
          log: { state: "unreachable", lag_slots: 9 },
          nodes: { offline: 2, pending: 1 },
          payouts: { state: "paused", reason: "a person looks" },
        },
        statistics: { by_state: { created: 1, disputed: 3 } },
        solvency: { covers: false },
        held: 2,
      }),
    ).toEqual([
      "bad The public log is 9 slots behind: block-manager does not answer /blocks",
      "bad Payouts are paused: a person looks /payouts",
      "bad 3 payouts disputed /payouts?state=disputed",
      "bad The treasury does not cover what is owed /payouts",
      "bad 2 nodes offline /nodes?status=offline",
      "busy 1 payout not approved yet /payouts?state=created",
      "busy 2 holds on payouts /payouts",
      "busy 1 node not admitted yet /nodes?status=pending",
    ]);
  });

  it("names the machines in trouble, and says how many more there are", () => {
    const alert = { metric: "disk", threshold: 8500, peak: 9170 };
    expect(
      wordsOf({
        alerts: { items: [{ node_id: "node_a", alerts: [alert] }], pagination: page(3) },
        commands: {
          items: [{ node_id: "node_b", action: "stop", state: "queued" }],
          pagination: page(1),
        },
      }),
    ).toEqual([
      "bad Disk at or above 85.00 %, at most 91.70 % /nodes/node_a",
      "busy and 2 nodes with alerts more /nodes",
      "busy stop: queued, not run yet /nodes/node_b",
    ]);
  });
});
