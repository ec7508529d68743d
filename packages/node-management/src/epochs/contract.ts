import type { Page, PageRequest } from "../shared/page.ts";
import type { ClosedEpoch, EpochDocument, EpochResultDocument } from "./documents.ts";
import type { Run } from "./run.ts";

/** A node's place among the results of an epoch, from 1. */
export type Ranked = { readonly rank: number; readonly result: EpochResultDocument };

/** Sums over the results of an epoch. */
export type EpochFigures = {
  readonly results: number;
  readonly valid: number;
  readonly present: number;
  readonly eligible: number;
  readonly credits: number;
  /** Null without results. */
  readonly score: {
    readonly lowest: number;
    readonly median: number;
    readonly highest: number;
  } | null;
};

export type Difference = {
  readonly nodeId: string;
  readonly field: string;
  readonly stored: string;
  readonly recomputed: string;
};

/** A closed epoch settled once more. */
export type Recomputed = {
  readonly document: EpochDocument;
  readonly outcome: Pick<Run["outcome"], "root" | "count" | "total_micro">;
  /** The first hundred. */
  readonly differences: readonly Difference[];
};

export type Epochs = {
  /**
   * Settles every epoch that is due, in order, until there is none or the signal is aborted.
   * Tells how many it closed and whether any is left.
   */
  settleDue(signal: AbortSignal): Promise<{ closed: number; isBehind: boolean }>;
  /** The epoch that can be settled now; null when none can. */
  due(): Promise<number | null>;
  /** Nodes of the latest closed epoch, the best first. */
  leaderboard(request: PageRequest): Promise<Page<Ranked>>;
  /** What the latest closed epoch came to; null before the first. */
  figures(): Promise<{ readonly epoch: ClosedEpoch; readonly figures: EpochFigures } | null>;
  /** Settles a closed epoch again from the presence in its results; null when it is not closed. Changes nothing. */
  recompute(epoch: number): Promise<Recomputed | null>;
  /** The latest epoch that is closed, by the store; null before the first. What answers from memory knows it from then on. */
  lastClosed(): Promise<number | null>;
  /** The number of the epoch that is open now. */
  open(): number;
  /** What is stored of an epoch; null before its settlement begins. */
  document(epoch: number): Promise<EpochDocument | null>;
  /** Documents of epochs from `from` down to `to`, both included, newest first. */
  documents(from: number, to: number): Promise<EpochDocument[]>;
  /** A node's result in the picked run of an epoch. */
  result(epoch: number, nodeId: string): Promise<EpochResultDocument | null>;
  /** Results of a closed epoch in ascending node id; null when it is not closed. */
  results(epoch: number, request: PageRequest): Promise<Page<EpochResultDocument> | null>;
  /** A node's result in the latest closed epoch that it has one in, and that epoch; null before its first. */
  latestResult(nodeId: string): Promise<{
    readonly result: EpochResultDocument;
    readonly epoch: Omit<EpochDocument, "sealed_slot">;
  } | null>;
  /** Scores in the last closed epoch, basis points, in the order of the ids; null for a node without a result in it. */
  scores(nodeIds: readonly string[]): Promise<(number | null)[]>;
  /** A node's results in closed epochs, newest first. */
  history(nodeId: string, request: PageRequest): Promise<Page<EpochResultDocument>>;
};
