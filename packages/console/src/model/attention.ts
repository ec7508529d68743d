import type { ResponseOf, Routes } from "@lucid/api";
import { plural } from "../format/numbers.ts";
import type { Network } from "./epoch-clock.ts";
import { readLogState } from "./log-state.ts";
import { figures, formatFigure, type Alert } from "./resources.ts";
import type { Tone } from "./tone.ts";

/** Something that somebody should look at, and where. */
export type Matter = {
  readonly tone: Tone;
  readonly words: string;
  readonly href: string;
  /** The node that it is about. */
  readonly nodeId?: string;
};

/** Something that was asked for and is not known, and why. */
export type Unread = { readonly what: string; readonly why: string };

/** What is known of the network; what was not read, or is not for whoever looks, is undefined. */
export type Known = {
  readonly network: Network;
  readonly statistics: ResponseOf<Routes["getPayoutStatistics"]> | undefined;
  readonly solvency: ResponseOf<Routes["getSolvency"]> | undefined;
  readonly held: number | undefined;
  readonly alerts: ResponseOf<Routes["listActiveAlerts"]> | undefined;
  readonly commands: ResponseOf<Routes["listOpenCommands"]> | undefined;
  readonly unread: readonly Unread[];
};

/** What may need somebody and nobody can tell, in a sentence; null while everything is known. */
export const unknownInWords = ({ unread, solvency }: Known): string | null => {
  const unsure = solvency?.covers === null ? [coverUnknown(solvency.unknown)] : [];
  const unknown = [...unread, ...unsure].map(({ what, why }) => `${what} (${why})`);
  return unknown.length === 0 ? null : `Not known: ${unknown.join(", ")}`;
};

const coverUnknown = (reasons: readonly string[]): Unread => ({
  what: "whether the treasury covers what is owed",
  why: reasons.join("; "),
});

/** What needs somebody, what is worst first. */
export const mattersOf = (known: Known): Matter[] =>
  [
    ...logMatters(known.network),
    ...payoutMatters(known),
    ...nodeMatters(known.network),
    ...alertMatters(known.alerts),
    ...commandMatters(known.commands),
  ].toSorted((a, b) => Number(b.tone === "bad") - Number(a.tone === "bad"));

const logMatters = ({ log }: Network): Matter[] => {
  const { words, tone } = readLogState(log);
  return tone === "good" ? [] : [{ tone, words: `The public log is ${words}`, href: "/blocks" }];
};

const payoutMatters = ({ network, statistics, solvency, held = 0 }: Known): Matter[] => {
  const { state, reason } = network.payouts;
  const why = reason === null ? "" : `: ${reason}`;
  const href = "/payouts";
  return [
    (state === "paused" || state === "stopped") && {
      tone: "bad" as const,
      words: `Payouts are ${state}${why}`,
      href,
    },
    state === "waiting" && { tone: "busy" as const, words: `Payouts wait${why}`, href },
    ...statesToDecide.map((one) => matterOfState(one, statistics?.by_state[one.state] ?? 0)),
    solvency?.covers === false && {
      tone: "bad" as const,
      words: "The treasury does not cover what is owed",
      href,
    },
    held > 0 && { tone: "busy" as const, words: `${plural(held, "hold")} on payouts`, href },
  ].filter((matter) => matter !== false);
};

/** States in which a payout may wait for a person. */
const statesToDecide = [
  { state: "disputed", tone: "bad", words: "disputed" },
  { state: "created", tone: "busy", words: "not approved yet" },
  { state: "expired", tone: "busy", words: "expired, not approved anew yet" },
] as const;

const matterOfState = (
  { state, tone, words }: (typeof statesToDecide)[number],
  count: number,
): Matter | false =>
  count > 0 && {
    tone,
    words: `${plural(count, "payout")} ${words}`,
    href: `/payouts?state=${state}`,
  };

const nodeMatters = ({ nodes }: Network): Matter[] =>
  [
    nodes.offline > 0 && {
      tone: "bad" as const,
      words: `${plural(nodes.offline, "node")} offline`,
      href: "/nodes?status=offline",
    },
    nodes.pending > 0 && {
      tone: "busy" as const,
      words: `${plural(nodes.pending, "node")} not approved yet`,
      href: "/nodes?status=pending",
    },
  ].filter((matter) => matter !== false);

const alertMatters = (alerts: Known["alerts"]): Matter[] => {
  if (alerts === undefined) return [];
  const shown = alerts.items.map(({ node_id, alerts: active }) => ({
    tone: "bad" as const,
    words: active.map(describeActive).join(", "),
    href: `/nodes/${node_id}`,
    nodeId: node_id,
  }));
  return [...shown, ...more(alerts, "more node with alerts", "more nodes with alerts")];
};

const describeActive = ({ metric, threshold, peak }: Alert): string => {
  const { name, title } = figures.find((one) => one.metric === metric) ?? figures[0];
  return `${title} ${formatFigure(name, threshold)} or more, ${formatFigure(name, peak)} at its highest`;
};

const commandMatters = (commands: Known["commands"]): Matter[] => {
  if (commands === undefined) return [];
  const shown = commands.items.map(({ node_id, action, state }) => ({
    tone: "busy" as const,
    words: `${action}: ${state}, not run yet`,
    href: `/nodes/${node_id}`,
    nodeId: node_id,
  }));
  return [...shown, ...more(commands, "more open command", "more open commands")];
};

type Listed = Pick<NonNullable<Known["commands"]>, "pagination"> & { readonly items: object };

/** What is not on the first page of a list. */
const more = ({ pagination: { total, limit } }: Listed, one: string, many: string): Matter[] =>
  total <= limit
    ? []
    : [{ tone: "busy", words: `and ${plural(total - limit, one, many)}`, href: "/nodes" }];
