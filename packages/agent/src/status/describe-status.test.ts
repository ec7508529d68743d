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

const owner = {
  balance_usdt: "0.000000",
  waits: "none",
  address: "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
  as_of: "2026-01-01T00:00:00.000Z",
};

const describe = (
  standing_reason: string,
  log: NodeReport["log"] = { largest: null, alarms: [] },
  address_change: NodeReport["owner"]["address_change"] = null,
  columns = Infinity,
): string =>
  describeStatus(
    {
      node,
      standing_reason,
      poot: { latest: null } as NodeReport["poot"],
      owner: { ...owner, address_change } as NodeReport["owner"],
      threshold: {} as NodeReport["threshold"],
      log,
      network_id: "00".repeat(32),
      service: "http://localhost:8095",
    },
    { paint: (_, text) => text, columns },
  );

test("a node that waits for people says who can approve it, and how", () => {
  const lines = describe("waits_for_approval");
  expect(lines).toContain("waits for approval (the founder: lucid admin approve node_a)");
  expect(lines).toContain("no slot in which this node counts is closed yet");
});

test("a node that was approved waits for its slot only", () => {
  expect(describe("approved")).toContain("pending: From the next slot on it is active.");
});

test("a change of the address that waits is told, with what cancels it", () => {
  const why = "Until then the old wallet can take it back.";
  const change = { why } as NonNullable<NodeReport["owner"]["address_change"]>;
  expect(describe("approved", undefined, change)).toContain(`CHANGES      ${why}`);
});

const head = (size: number) => ({ size, root: "ab".repeat(32), signature: "cd".repeat(64) });

test("what the node remembers of the log is shown, and every contradiction of it", () => {
  expect(describe("approved")).toContain("no checkpoint of the public log was shown");
  const alarm = {
    kind: "went_back",
    found_at: "2026-01-01T00:00:00.000Z",
    network_id: "00".repeat(32),
    log_origin: "test/0000000000000000",
    log_key: "00".repeat(32),
    service: "http://localhost:8095",
    remembered: head(9),
    shown: head(4),
  } as const;
  const lines = describe("approved", { largest: head(9), alarms: [alarm] });
  expect(lines).toContain("9 blocks seen, root abababababababab…");
  expect(lines).toContain(
    "ALARM        2026-01-01T00:00:00.000Z: the log went back: the service shows 4 blocks, but it showed 9 before",
  );
});

test("in a narrow terminal what is long goes on below where it began", () => {
  const lines = describe("demo", undefined, undefined, 60).split("\n");
  expect(lines.filter((line) => line.length > 60)).toEqual([]);
  expect(lines).toContain("score        unknown: the first result comes when an epoch");
  expect(lines).toContain("             with this node has been settled");
});
