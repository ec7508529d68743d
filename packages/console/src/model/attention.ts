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

/** What is known of the network; what was not read, or is not for whoever looks, is undefined. */
export type Known = {
  readonly network: Network;
  readonly statistics: ResponseOf<Routes["getPayoutStatistics"]> | undefined;
  readonly solvency: ResponseOf<Routes["getSolvency"]> | undefined;
  readonly held: number | undefined;
  readonly alerts: ResponseOf<Routes["listActiveAlerts"]> | undefined;
  readonly commands: ResponseOf<Routes["listOpenCommands"]> | undefined;
};

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

const payoutMatters = ({ network, statistics, solvency, held }: Known): Matter[] => {
  const { state, reason } = network.payouts;
  const count = (name: string) => statistics?.by_state[name] ?? 0;
  const why = reason === null ? "" : `: ${reason}`;
  return [
    (state === "paused" || state === "stopped") && {
      tone: "bad" as const,
      words: `Payouts are ${state}${why}`,
      href: "/payouts",
    },
    state === "waiting" && {
      tone: "busy" as const,
      words: `Payouts wait${why}`,
      href: "/payouts",
    },
    count("disputed") > 0 && {
      tone: "bad" as const,
      words: `${plural(count("disputed"), "payout")} disputed`,
      href: "/payouts?state=disputed",
    },
    count("created") > 0 && {
      tone: "busy" as const,
      words: `${plural(count("created"), "payout")} not approved yet`,
      href: "/payouts?state=created",
    },
    solvency?.covers === false && {
      tone: "bad" as const,
      words: "The treasury does not cover what is owed",
      href: "/payouts",
    },
    held !== undefined &&
      held > 0 && {
        tone: "busy" as const,
        words: `${plural(held, "hold")} on payouts`,
        href: "/payouts",
      },
  ].filter((matter) => matter !== false);
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
      words: `${plural(nodes.pending, "node")} not admitted yet`,
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
  return [...shown, ...more(alerts, "node with alerts", "nodes with alerts")];
};

const describeActive = ({ metric, threshold, peak }: Alert): string => {
  const { name, title } = figures.find((one) => one.metric === metric) ?? figures[0];
  return `${title} at or above ${formatFigure(name, threshold)}, at most ${formatFigure(name, peak)}`;
};

const commandMatters = (commands: Known["commands"]): Matter[] => {
  if (commands === undefined) return [];
  const shown = commands.items.map(({ node_id, action, state }) => ({
    tone: "busy" as const,
    words: `${action}: ${state}, not run yet`,
    href: `/nodes/${node_id}`,
    nodeId: node_id,
  }));
  return [...shown, ...more(commands, "open command", "open commands")];
};

type Listed = Pick<NonNullable<Known["commands"]>, "pagination"> & { readonly items: object };

/** What is not on the first page of a list. */
const more = ({ pagination: { total, limit } }: Listed, one: string, many: string): Matter[] =>
  total <= limit
    ? []
    : [{ tone: "busy", words: `and ${plural(total - limit, one, many)} more`, href: "/nodes" }];
