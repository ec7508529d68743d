import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { createTestFolder } from "../../packages/agent/src/testing/folder.ts";
import { repository } from "../e2e/lucid.ts";
import { hasProgram } from "../has-program.ts";

const rules = join(repository, "deploy/prometheus/rules.yml");
const MINUTES = 300;

const of = (job: string, instance = job, network = "main"): string =>
  `job="${job}",instance="${instance}",network="${network}"`;
const service = of("node-management");
const log = of("block-manager");
/** A chore that succeeds every minute; time begins at 0 and goes by minutes. */
const inTime = `0+60x${MINUTES}`;
const always = (value: number): string => `${value}x${MINUTES}`;

/** Four hours in which nothing is wrong: series by name, each with what it shows by the minute. */
const healthy: Readonly<Record<string, string>> = {
  [`up{${service}}`]: always(1),
  [`up{${log}}`]: always(1),
  [`process_start_time_seconds{${service}}`]: always(1),
  [`process_start_time_seconds{${log}}`]: always(1),
  [`lucid_beacons_total{${service},verdict="accepted"}`]: `0+10x${MINUTES}`,
  [`lucid_nodes{${service},status="online"}`]: always(20),
  [`lucid_nodes{${service},status="offline"}`]: always(1),
  [`lucid_hearing{${service}}`]: always(1),
  [`lucid_slot{${service}}`]: `1000+1x${MINUTES}`,
  [`lucid_sealed_slot{${service}}`]: `998+1x${MINUTES}`,
  [`lucid_seal_lateness_seconds_bucket{${service},le="60"}`]: `0+1x${MINUTES}`,
  [`lucid_seal_lateness_seconds_bucket{${service},le="600"}`]: `0+1x${MINUTES}`,
  [`lucid_seal_lateness_seconds_bucket{${service},le="+Inf"}`]: `0+1x${MINUTES}`,
  [`lucid_epoch{${service}}`]: always(20_000),
  [`lucid_epoch_closed{${service}}`]: always(19_999),
  [`lucid_payouts{${service},state="broadcast"}`]: always(3),
  [`lucid_payouts{${service},state="confirmed"}`]: `0+1x${MINUTES}`,
  [`lucid_payouts{${service},state="disputed"}`]: always(0),
  [`lucid_treasury_runway_seconds{${service},asset="usdt"}`]: always(30 * 86_400),
  [`lucid_log_lag_slots{${service}}`]: always(0),
  [`lucid_log_damaged_files_total{${log}}`]: always(0),
  [`lucid_log_disk_free_bytes{${log}}`]: always(2e10),
  [`lucid_chore_failures{${service},chore="sealing"}`]: always(0),
  [`lucid_chore_last_success_timestamp_seconds{${service},chore="sealing"}`]: inTime,
  [`lucid_chore_last_success_timestamp_seconds{${service},chore="figures"}`]: inTime,
};

type Situation = readonly [
  words: string,
  changed: Readonly<Record<string, string>>,
  firing: readonly string[],
];

const gone = (afterMinutes: number): string => `1x${afterMinutes} stale`;
const second = of("node-management", "node-management-2");
const staging = of("node-management", "node-management-staging", "staging");

const situations: readonly Situation[] = [
  ["nothing is wrong", {}, []],
  ["it does not answer", { [`up{${service}}`]: always(0) }, ["ServiceDown"]],
  ["its container is gone", { [`up{${service}}`]: gone(200) }, ["NodeManagementGone"]],
  ["the log's container is gone", { [`up{${log}}`]: gone(200) }, ["BlockManagerGone"]],
  ["one of two replicas is gone", { [`up{${second}}`]: gone(200) }, ["ServiceGone"]],
  [
    "the network is gone, and staging is not",
    { [`up{${service}}`]: gone(200), [`up{${staging}}`]: always(1) },
    ["NodeManagementGone"],
  ],
  [
    "it starts again and again",
    { [`process_start_time_seconds{${service}}`]: inTime },
    ["ServiceRestarts"],
  ],
  [
    "no node is heard, and none is online any more",
    {
      [`lucid_beacons_total{${service},verdict="accepted"}`]: always(7),
      [`lucid_nodes{${service},status="online"}`]: always(0),
    },
    ["NoBeacons"],
  ],
  ["it is deaf", { [`lucid_hearing{${service}}`]: always(0) }, ["Deaf"]],
  ["slots are not sealed", { [`lucid_sealed_slot{${service}}`]: always(998) }, ["SlotsSealedLate"]],
  [
    "slots are sealed, minutes late",
    { [`lucid_seal_lateness_seconds_bucket{${service},le="60"}`]: always(0) },
    ["SealsTakeLong"],
  ],
  [
    "an epoch is not settled",
    { [`lucid_epoch_closed{${service}}`]: always(19_998) },
    ["EpochsSettledLate"],
  ],
  [
    "no payout arrives",
    { [`lucid_payouts{${service},state="confirmed"}`]: always(5) },
    ["PayoutsWait"],
  ],
  [
    "the last payout arrived more than three hours ago",
    { [`lucid_payouts{${service},state="confirmed"}`]: "0+1x50 50x250" },
    ["PayoutsWait"],
  ],
  [
    "it arrived less than three hours ago",
    { [`lucid_payouts{${service},state="confirmed"}`]: "0+1x70 70x230" },
    [],
  ],
  [
    "nothing waits to be paid",
    {
      [`lucid_payouts{${service},state="broadcast"}`]: always(0),
      [`lucid_payouts{${service},state="confirmed"}`]: always(5),
    },
    [],
  ],
  [
    "the chain says something else than the books",
    { [`lucid_payouts{${service},state="disputed"}`]: always(1) },
    ["PayoutsDisputed"],
  ],
  [
    "the wallet is nearly empty",
    { [`lucid_treasury_runway_seconds{${service},asset="usdt"}`]: always(2 * 86_400) },
    ["TreasuryRunsLow"],
  ],
  ["the log is away", { [`lucid_log_lag_slots{${service}}`]: always(9) }, ["LogBehind"]],
  [
    "a file of the log is damaged",
    { [`lucid_log_damaged_files_total{${log}}`]: `0x230 1x70` },
    ["LogDamaged"],
  ],
  ["the disk fills up", { [`lucid_log_disk_free_bytes{${log}}`]: always(1e9) }, ["DiskFillsUp"]],
  [
    "a chore fails",
    { [`lucid_chore_failures{${service},chore="sealing"}`]: always(4) },
    ["ChoreFails"],
  ],
  [
    "nobody seals",
    { [`lucid_chore_last_success_timestamp_seconds{${service},chore="sealing"}`]: always(0) },
    ["ChoreStale"],
  ],
  [
    "another replica seals since it took the lease",
    {
      [`up{${second}}`]: always(1),
      [`lucid_chore_last_success_timestamp_seconds{${second},chore="sealing"}`]: always(0),
    },
    [],
  ],
  [
    "staging is another network, with slots and epochs of its own",
    {
      [`up{${staging}}`]: always(1),
      [`lucid_slot{${staging}}`]: `90000+1x${MINUTES}`,
      [`lucid_sealed_slot{${staging}}`]: `89998+1x${MINUTES}`,
      [`lucid_epoch{${staging}}`]: always(80_000),
      [`lucid_epoch_closed{${staging}}`]: always(79_999),
    },
    [],
  ],
];

/** As promtool wants it (https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules). */
const toRuleTest = ([name, changed, firing]: Situation) => ({
  name,
  interval: "1m",
  input_series: Object.entries({ ...healthy, ...changed }).map(([series, values]) => ({
    series,
    values,
  })),
  promql_expr_test: [
    {
      expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
      eval_time: "4h",
      exp_samples: firing.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
    },
  ],
});

test("every alert is tried", () => {
  const { groups } = parse(readFileSync(rules, "utf8")) as {
    groups: { rules: { alert: string }[] }[];
  };
  const known = groups.flatMap((group) => group.rules.map(({ alert }) => alert));
  const tried = new Set(situations.flatMap(([, , firing]) => firing));
  expect([...tried].toSorted()).toEqual(known.toSorted());
});

test.skipIf(!hasProgram("promtool", "no alert is tried"))(
  "each alert fires when it should, and no other does",
  async () => {
    await using folder = await createTestFolder();
    const file = join(folder.path, "alerts.json");
    const tests = situations.map(toRuleTest);
    writeFileSync(file, JSON.stringify({ rule_files: [rules], evaluation_interval: "5m", tests }));
    const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", file], {
      encoding: "utf8",
    });
    expect(`${stdout}${stderr}`).not.toContain("FAILED");
    expect(status).toBe(0);
  },
);
