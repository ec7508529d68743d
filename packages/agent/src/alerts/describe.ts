import type { ResponseOf, Routes } from "@lucid/api";
import type { Output } from "../program/index.ts";
import type { Thresholds } from "./thresholds.ts";

export type AlertView = ResponseOf<Routes["listAlerts"]>["items"][number];

/** From which figures on alerts are raised, a line each. */
export const describeThresholds = (thresholds: Thresholds, paint: Output["paint"]): string[] => {
  const { cpu_bp, memory_bp, disk_bp, network_bps, for_seconds } = thresholds;
  const rows = [
    ["cpu", figure("cpu", cpu_bp)],
    ["memory", figure("memory", memory_bp)],
    ["disk", figure("disk", disk_bp)],
    ["network", figure("network", network_bps)],
    ["for", `${for_seconds} s, before an alert is raised or resolved`],
  ] as const;
  return rows.map(([name, text]) => `${paint("dim", name.padEnd(8))} ${text}`);
};

/** One line about an alert. */
export const describeAlert = (alert: AlertView, paint: Output["paint"]): string => {
  const { metric, state, threshold, peak, raised_at, resolved_at } = alert;
  const until = resolved_at === null ? "" : ` until ${moment(resolved_at)}`;
  const words = `${metric} at or above ${figure(metric, threshold)} since ${moment(raised_at)}${until}, at most ${figure(metric, peak)}`;
  return `${paint(state === "active" ? "red" : "dim", state.padEnd(8))} ${words}`;
};

/** What is watched of one node's machine: the thresholds, then the alerts, newest first. */
export const describeWatched = (
  thresholds: Thresholds,
  alerts: readonly AlertView[],
  paint: Output["paint"],
): string =>
  [
    ...describeThresholds(thresholds, paint),
    "",
    ...(alerts.length === 0
      ? ["no alert so far"]
      : alerts.map((alert) => describeAlert(alert, paint))),
  ].join("\n");

const figure = (metric: AlertView["metric"], value: number): string =>
  metric === "network" ? `${value / 1_000_000} Mbit/s` : `${value / 100} %`;

const moment = (iso: string): string => `${iso.slice(0, 19).replace("T", " ")} UTC`;
