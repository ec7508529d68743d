import { describe, expect, it } from "vitest";
import { type Known, mattersOf, unknownInWords } from "./attention.ts";

const network = {
  log: { state: "up_to_date", lag_slots: 0 },
  nodes: { offline: 0, pending: 0 },
  payouts: { state: "running", reason: null },
};
const knownOf = (known: object): Known => ({ network, unread: [], ...known }) as unknown as Known;

const wordsOf = (known: object): string[] =>
  mattersOf(knownOf(known)).map(({ tone, words, href }) => `${tone} ${words} ${href}`);

const page = (total: number) => ({ total, limit: 1 });

describe("what needs attention", () => {
  it("is nothing where all is well", () => {
    const well = { statistics: { by_state: {} }, solvency: { covers: true, unknown: [] }, held: 0 };
    expect(wordsOf(well)).toEqual([]);
    expect(unknownInWords(knownOf(well))).toBeNull();
  });

  it("may be what nobody can tell", () => {
    const known = knownOf({
      solvency: { covers: null, unknown: ["the wallet's balance could not be read"] },
      unread: [{ what: "holds", why: "reading…" }],
    });
    expect(mattersOf(known)).toEqual([]);
    expect(unknownInWords(known)).toBe(
      "Not known: holds (reading…), whether the treasury covers what is owed (the wallet's balance could not be read)",
    );
  });

  it("begins with what is bad", () => {
    expect(
      wordsOf({
        network: {
          log: { state: "unreachable", lag_slots: 9 },
          nodes: { offline: 2, pending: 1 },
          payouts: { state: "paused", reason: "a person looks (since 2026-11-22)" },
        },
        statistics: { by_state: { created: 1, disputed: 3, expired: 1 } },
        solvency: { covers: false },
        held: 2,
      }),
    ).toEqual([
      "bad The public log is 9 slots behind: block-manager does not answer /blocks",
      "bad Payouts are paused: a person looks (since 2026-11-22) /payouts",
      "bad 3 payouts disputed /payouts?state=disputed",
      "bad The treasury does not cover what is owed /payouts",
      "bad 2 nodes offline /nodes?status=offline",
      "busy 1 payout not approved yet /payouts?state=created",
      "busy 1 payout expired, not approved anew yet /payouts?state=expired",
      "busy 2 holds on payouts /payouts",
      "busy 1 node not approved yet /nodes?status=pending",
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
      "bad Disk 85.00 % or more, 91.70 % at its highest /nodes/node_a",
      "busy and 2 more nodes with alerts /nodes",
      "busy stop: queued, not run yet /nodes/node_b",
    ]);
  });
});
