import {
  countBits,
  type EpochResult,
  type NodeEvidence,
  settleEpoch,
  type SettlementInput,
} from "@lucid/protocol";
import type { EpochDocument, EpochResultDocument } from "./documents.ts";
import { resultDocumentId } from "./documents.ts";

/** One computation of an epoch: its results as documents, and what the epoch's document takes over when it is picked. */
export type Run = {
  readonly documents: readonly EpochResultDocument[];
  readonly outcome: Required<
    Pick<
      EpochDocument,
      "run" | "root" | "count" | "total_micro" | "budget_micro" | "weight" | "excused_slots"
    >
  >;
};

/** Settles the evidence. A run is named by its results root, so the same evidence always makes the same run. */
export const computeRun = (evidence: SettlementInput): Run => {
  const { results, closed } = settleEpoch(evidence);
  const run = closed.root.slice(0, 16);
  const nodes = new Map(evidence.nodes.map((node) => [node.node_id, node]));
  return {
    documents: results.map((result) =>
      resultToDocument(result, run, nodes.get(result.node_id) as NodeEvidence),
    ),
    outcome: {
      run,
      root: closed.root,
      count: closed.count,
      total_micro: BigInt(closed.total_micro),
      budget_micro: BigInt(closed.budget_micro),
      weight: results.reduce((sum, result) => sum + weightOf(result), 0n),
      excused_slots: countBits(evidence.excused),
    },
  };
};

/** By what an epoch's budget is split. */
export const weightOf = (result: Pick<EpochResult, "valid" | "credits" | "score">): bigint =>
  result.valid ? BigInt(result.credits) * BigInt(result.score) : 0n;

const resultToDocument = (
  result: EpochResult,
  run: string,
  node: NodeEvidence,
): EpochResultDocument => {
  const lastTime = result.time_known ? result.time : node.last_time;
  return {
    ...result,
    id: resultDocumentId(result.epoch, run, result.node_id),
    run,
    owner_id: node.owner_id,
    ...(lastTime !== undefined && { last_time: lastTime }),
    reward_micro: BigInt(result.reward_micro),
    sealed_slot: null,
  };
};
