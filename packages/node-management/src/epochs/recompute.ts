import type { Collection } from "@lucid/platform/documents";
import {
  type Bitmap,
  createBitmap,
  firstSlotOf,
  type Genesis,
  type NodeEvidence,
  type PoolSeat,
  proratedBudget,
  setBit,
  type SettlementInput,
} from "@lucid/protocol";
import type { Policies } from "../policy/index.ts";
import type { Pools } from "../pools/index.ts";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import type { Difference, Recomputed } from "./contract.ts";
import type { EpochDocument, EpochResultDocument } from "./documents.ts";
import { readResults } from "./results.ts";
import { computeRun } from "./run.ts";

export type RecomputeDeps = {
  readonly network: Network;
  readonly policies: Pick<Policies, "version">;
  readonly pools: Pick<Pools, "membersBefore">;
  readonly epochs: Collection<EpochDocument>;
  readonly results: Collection<EpochResultDocument>;
};

const maxDifferences = 100;

/** Everything of a result that follows from presence by the rules. */
const derived = [
  "time",
  "time_known",
  "credits",
  "own",
  "reputation",
  "contribution",
  "score",
  "valid",
  "reward_micro",
] as const;

/** Settles a closed epoch again from the presence that its results tell, and compares; null when it is not closed. */
export const createRecompute =
  ({ network, policies, pools, epochs, results }: RecomputeDeps) =>
  async (epoch: number): Promise<Recomputed | null> => {
    const { genesis } = network;
    const document = await epochs.get(String(epoch));
    if (document?.state !== "closed" || document.run === undefined) return null;
    const policy = policies.version(document.policy);
    if (policy === null)
      throw new Fault("policy.missing", `policy ${document.policy} is not there`, { epoch });
    const stored: EpochResultDocument[] = [];
    for await (const page of readResults(results, epoch, document.run)) stored.push(...page);
    const seats = await pools.membersBefore(firstSlotOf(genesis, epoch));
    const input = {
      genesis,
      policy,
      epoch,
      nodes: stored.map((result) => resultToEvidence(genesis, result, seats.get(result.node_id))),
      excused: createBitmap(genesis.slots_per_epoch),
    };
    const deafEmptySlots = missingSlots(input, document.budget_micro ?? 0n);
    const { documents, outcome } = computeRun({ ...input, deafEmptySlots });
    return { document, outcome, differences: differencesOf(stored, documents) };
  };

/** Slots that give the same counts, wherever in the epoch they were. */
const resultToEvidence = (
  genesis: Genesis,
  result: EpochResultDocument,
  pool: PoolSeat | undefined,
): NodeEvidence => {
  const { node_id, owner_id, eligible, present, alpha, beta, time, time_known } = result;
  const heard = lastSlots(genesis, present);
  return {
    node_id,
    owner_id,
    alpha,
    beta,
    active: lastSlots(genesis, eligible),
    present: heard,
    // Too little to be measured: what was heard was excused, and the time known before was taken over.
    ...(!time_known && { maintenance: heard, last_time: time }),
    ...(pool !== undefined && { pool }),
  };
};

const lastSlots = ({ slots_per_epoch: slots }: Genesis, count: number): Bitmap => {
  const bitmap = createBitmap(slots);
  for (let index = slots - count; index < slots; index++) setBit(bitmap, index);
  return bitmap;
};

/** How many slots the budget was cut by because nobody could be heard; none when no number of them explains it. */
const missingSlots = (
  { genesis, policy, epoch }: Omit<SettlementInput, "deafEmptySlots">,
  budgetMicro: bigint,
): number => {
  for (let missing = 0; missing <= genesis.slots_per_epoch; missing++)
    if (proratedBudget(genesis, policy, epoch, missing) === budgetMicro) return missing;
  return 0;
};

const differencesOf = (
  stored: readonly EpochResultDocument[],
  recomputed: readonly EpochResultDocument[],
): Difference[] => {
  const anew = new Map(recomputed.map((result) => [result.node_id, result]));
  const differences = stored.flatMap((result) =>
    derived
      .filter((field) => anew.get(result.node_id)?.[field] !== result[field])
      .map((field) => ({
        nodeId: result.node_id,
        field,
        stored: String(result[field]),
        recomputed: String(anew.get(result.node_id)?.[field] ?? "no result"),
      })),
  );
  return differences.slice(0, maxDifferences);
};
