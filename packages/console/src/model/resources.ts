import type { ResponseOf, Routes } from "@lucid/api";
import { formatBasisPoints } from "../format/numbers.ts";

export type Resources = ResponseOf<Routes["getResources"]>;
export type Thresholds = ResponseOf<Routes["getThresholds"]>;
export type Alert = ResponseOf<Routes["listAlerts"]>["items"][number];
type FigureName = "cpu_bp" | "memory_bp" | "disk_bp" | "network_bps";

export const figures = [
  { name: "cpu_bp", metric: "cpu", title: "Processors" },
  { name: "memory_bp", metric: "memory", title: "Memory" },
  { name: "disk_bp", metric: "disk", title: "Disk" },
  { name: "network_bps", metric: "network", title: "Network" },
] as const satisfies readonly { name: FigureName; metric: Alert["metric"]; title: string }[];

const bits = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"] as const;

/** `1.2 Mbit/s`; a unit is 1000 of the one before. */
export const formatBits = (perSecond: number): string => {
  const power = Math.min(bits.length - 1, Math.floor(Math.log10(Math.max(1, perSecond)) / 3));
  const value = perSecond / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${bits[power]}`;
};

export const formatFigure = (name: FigureName, value: number): string =>
  name === "network_bps" ? formatBits(value) : `${formatBasisPoints(value)} %`;

const minuteMs = 60_000;
const stepsMs: Readonly<Record<string, number>> = {
  "1m": minuteMs,
  "5m": 5 * minuteMs,
  "15m": 15 * minuteMs,
  "1h": 60 * minuteMs,
};

/** The means of a figure, one for each step of the range; null where nothing is known. */
export const valuesOf = (
  { from, to, granularity, points }: Resources,
  name: FigureName,
): (number | null)[] => {
  const stepMs = stepsMs[granularity] ?? minuteMs;
  const means = new Map(points.map((point) => [Date.parse(point.from), point[name]?.mean ?? null]));
  const fromMs = Date.parse(from);
  const steps = Math.floor((Date.parse(to) - fromMs) / stepMs) + 1;
  return Array.from({ length: steps }, (_, i) => means.get(fromMs + i * stepMs) ?? null);
};

/** The latest known mean of a figure; null when its latest step that has samples has none of it. */
export const latestOf = ({ points }: Resources, name: FigureName): number | null =>
  points.at(-1)?.[name]?.mean ?? null;

/** The top of a figure's drawing: the whole for shares, the largest of all for the network. */
export const topOf = (name: FigureName, values: readonly (number | null)[]): number =>
  name === "network_bps" ? Math.max(1, ...values.map((value) => value ?? 0)) : 10_000;

/** Why a figure of the latest sample is not known; null when it is, or nothing was said. */
export const whyUnknown = ({ latest }: Resources, metric: Alert["metric"]): string | null =>
  latest?.unknown?.find((one) => one.metric === metric)?.reason ?? null;
