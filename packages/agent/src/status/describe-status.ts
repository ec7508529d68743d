import { describeAlarm } from "../log/index.ts";
import { type Output, wrap } from "../program/index.ts";
import type { NodeReport } from "./read-status.ts";

/** The report as lines for the owner. */
export const describeStatus = (
  report: NodeReport,
  { paint, columns }: Pick<Output, "paint" | "columns">,
): string => {
  const rows = [
    ["node", report.node.node_id],
    ["status", status(report)],
    ["last beacon", lastBeacon(report)],
    ["uptime", uptime(report)],
    ["score", score(report)],
    ...why(report),
    [
      "balance",
      `${report.owner.balance_usdt} USDT (earned ${report.owner.earned_usdt}, paid ${report.owner.paid_usdt})`,
    ],
    ["next payout", report.owner.waits],
    ["pays to", report.owner.address],
    ...changing(report),
    ["log", log(report)],
    ...alarms(report),
    ["as of", report.owner.as_of],
  ] as const;
  return rows
    .flatMap(([label, text]) =>
      wrap(text, columns - LABEL - 1).map(
        (line, i) => `${paint("dim", (i === 0 ? label : "").padEnd(LABEL))} ${line}`,
      ),
    )
    .join("\n");
};

const LABEL = 12;

const status = ({ node, standing_reason }: NodeReport): string =>
  node.standing === "pending" && standing_reason === "waits_for_approval"
    ? `waits for approval (the founder: lucid admin approve ${node.node_id})`
    : `${node.status}: ${node.why}`;

const lastBeacon = ({ node }: NodeReport): string =>
  node.last_beacon_at === null
    ? "none yet"
    : `${node.last_beacon_at}, slot ${node.last_beacon_slot ?? "unknown"}`;

const uptime = ({ node }: NodeReport): string =>
  node.uptime_bp === null
    ? "unknown: no slot in which this node counts is closed yet"
    : `${percent(node.uptime_bp)} (${node.present} of ${node.eligible} slots of epoch ${node.epoch} so far)`;

const score = ({ poot: { latest } }: NodeReport): string =>
  latest === null
    ? "unknown: the first result comes when an epoch with this node has been settled"
    : `${hundredths(latest.score)} of 100 in epoch ${latest.epoch}, reward ${latest.reward_usdt} USDT`;

const why = ({ poot: { latest } }: NodeReport): [string, string][] =>
  (latest?.why ?? []).map((sentence, i) => [i === 0 ? "because" : "", sentence]);

const changing = ({ owner: { address_change: change } }: NodeReport): [string, string][] =>
  change === null ? [] : [["CHANGES", change.why]];

const log = ({ log: { largest } }: NodeReport): string =>
  largest === null
    ? "no checkpoint of the public log was shown to this node yet"
    : `${largest.size} blocks seen, root ${largest.root.slice(0, 16)}…`;

const alarms = ({ log: { alarms: found } }: NodeReport): [string, string][] =>
  found.map((alarm) => ["ALARM", `${alarm.found_at}: ${describeAlarm(alarm)}`]);

const hundredths = (basisPoints: number): string => (basisPoints / 100).toFixed(2);
const percent = (basisPoints: number): string => `${hundredths(basisPoints)} %`;
