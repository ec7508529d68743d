import type { RequestOf, Routes } from "@lucid/api";
import type { Page, PageRequest } from "../shared/page.ts";
import type { Alert, RollUp, Thresholds } from "./documents.ts";

/** A sample as a node sends it. */
export type Sample = RequestOf<Routes["sendResources"]>["body"]["samples"][number];

/** What the samples between a moment and the next point's come to. */
export type Point = { readonly fromMs: number; readonly rollUp: RollUp };

export type Series = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly points: readonly Point[];
  readonly latest: Sample | null;
};

export type NodeAlerts = { readonly nodeId: string; readonly alerts: readonly Alert[] };

/** What machines say of themselves. It never pays and never counts against a node; it is for whoever looks after it. */
export type Resources = {
  /** Keeps samples that are new and judges them against the node's thresholds. */
  store(nodeId: string, samples: readonly Sample[]): Promise<{ stored: number; ignored: number }>;
  /** Points of `stepMs` over the last `rangeMs`; hours that are rolled up are one point each. */
  series(nodeId: string, rangeMs: number, stepMs: number): Promise<Series>;
  thresholds(nodeId: string): Promise<Thresholds>;
  setThresholds(nodeId: string, wanted: Partial<Thresholds>): Promise<Thresholds>;
  /** Newest first. */
  alerts(nodeId: string): Promise<readonly Alert[]>;
  /** Nodes with active alerts, and these, whoever was heard last first; what was not heard of for a day is not told. */
  activeAlerts(request: PageRequest): Promise<Page<NodeAlerts>>;
  /** Rolls up hours that are old and drops those that are older than the policy keeps; tells how many of each. */
  clear(signal: AbortSignal): Promise<{ rolledUp: number; dropped: number }>;
};
