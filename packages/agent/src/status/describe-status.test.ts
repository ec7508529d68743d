import { expect, test } from "vitest";
import { describeStatus } from "./describe-status.ts";
import type { NodeReport } from "./read-status.ts";

const node: NodeReport["node"] = {
  node_id: "node_a",
  standing: "pending",
  status: "pending",
  why: "From the next slot on it is active.",
  epoch: 7,
  committed: false,
  last_beacon_slot: null,
  last_beacon_at: null,
  eligible: 0,
  present: 0,
  uptime_bp: null,
  server_time: "2026-01-01T00:00:00.000Z",
};

const describe = (standing_reason: string): string =>
  describeStatus(
    {
      node,
      standing_reason,
      poot: { latest: null } as NodeReport["poot"],
      owner: { balance_usdt: "0.000000", waits: "none" } as NodeReport["owner"],
      threshold: {} as NodeReport["threshold"],
      log: { largest: null, alarms: [] },
      network_id: "00".repeat(32),
      service: "http://localhost:8095",
    },
    (_, text) => text,
  );

test("a node that waits for people says who can approve it, and how", () => {
  const lines = describe("waits_for_approval");
  expect(lines).toContain("waits for approval (the founder: lucid admin approve node_a)");
  expect(lines).toContain("no slot in which this node counts is closed yet");
});

test("a node that was approved waits for its slot only", () => {
  expect(describe("approved")).toContain("pending: From the next slot on it is active.");
});
