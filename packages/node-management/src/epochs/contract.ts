import type { Page, PageRequest } from "../shared/page.ts";
import type { EpochDocument, EpochResultDocument } from "./documents.ts";

export type Epochs = {
  /**
   * Settles every epoch that is due, in order, until there is none or the signal is aborted.
   * Tells how many it closed and whether any is left.
   */
  settleDue(signal: AbortSignal): Promise<{ closed: number; isBehind: boolean }>;
  /** The latest epoch that is closed; null before the first. */
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
  latestResult(nodeId: string): Promise<EpochResultDocument | null>;
  /** Scores in the last closed epoch, basis points, in the order of the ids; null for a node without a result in it. */
  scores(nodeIds: readonly string[]): Promise<(number | null)[]>;
  /** A node's results in closed epochs, newest first. */
  history(nodeId: string, request: PageRequest): Promise<Page<EpochResultDocument>>;
};
