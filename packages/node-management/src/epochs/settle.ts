import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { ownerAccount, rewardKey } from "@lucid/protocol";
import type { EntryRequest, Ledger } from "../ledger/index.ts";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import { insertOrFind } from "../shared/written.ts";
import type { EpochDocument, EpochResultDocument } from "./documents.ts";
import { type EvidenceDeps, gatherEvidence } from "./evidence.ts";
import { dropOtherRuns, readResults, writeRun } from "./results.ts";
import { computeRun } from "./run.ts";

export type SettleDeps = EvidenceDeps & {
  readonly clock: Pick<Clock, "now">;
  readonly epochs: Collection<EpochDocument>;
  readonly results: Collection<EpochResultDocument>;
  readonly ledger: Pick<Ledger, "appendRewards">;
};

type Picked = EpochDocument & { run: string; count: number };

/**
 * Settles an epoch that is over. Each step may be repeated, by this process or another one: `closing`, excuses,
 * results of a run, the pick of one run, rewards of the picked run, `closed`. Tells whether this call closed it.
 */
export const settle = async (
  deps: SettleDeps,
  epoch: number,
  signal: AbortSignal,
): Promise<{ isCloser: boolean }> => {
  const opened = await open(deps, epoch);
  if (opened.state === "closed") return { isCloser: false };
  const picked = isPicked(opened) ? opened : await pickRun(deps, epoch, signal);
  await dropOtherRuns(deps.results, picked);
  await reward(deps, picked, signal);
  const swapped = await compareAndSet(
    deps.epochs,
    picked.id,
    { state: "closed", closed_at: deps.clock.now() },
    { state: "closing", run: picked.run },
  );
  return { isCloser: swapped.done };
};

const isPicked = (document: EpochDocument): document is Picked => document.run !== undefined;

const open = async (
  { epochs, policies, clock }: SettleDeps,
  epoch: number,
): Promise<EpochDocument> => {
  const { stored } = await insertOrFind(epochs, {
    id: String(epoch),
    epoch,
    state: "closing",
    policy: policies.forEpoch(epoch).version,
    closing_at: clock.now(),
  });
  return stored;
};

/** Computes a run and writes its results; one compare-and-set decides whose run counts. */
const pickRun = async (deps: SettleDeps, epoch: number, signal: AbortSignal): Promise<Picked> => {
  const { documents, outcome } = computeRun(await gatherEvidence(deps, epoch, signal));
  await writeRun(deps.results, { epoch, run: outcome.run }, documents);
  const swapped = await compareAndSet(deps.epochs, String(epoch), outcome, {
    state: "closing",
    run: undefined,
  });
  const picked = swapped.done ? swapped.document : swapped.stored;
  if (picked === null || !isPicked(picked))
    throw new Fault("epochs.pick", `no run of epoch ${epoch} could be picked`, { epoch });
  if (picked.run === outcome.run) deps.history.absorb(epoch, documents);
  return picked;
};

/** Makes the ledger entries of the picked run in ascending node id, from what is stored and nothing else. */
const reward = async (
  { results, ledger, clock }: SettleDeps,
  { epoch, run, policy }: Picked,
  signal: AbortSignal,
): Promise<void> => {
  const at = clock.now();
  for await (const page of readResults(results, epoch, run)) {
    signal.throwIfAborted();
    const earned = page.filter((result) => result.reward_micro > 0n);
    const appended = await ledger.appendRewards(
      earned.map((result) => resultToReward(result, { policy, at })),
    );
    if (appended.outcome === "conflict") throw new Fault(appended.code, appended.detail, { epoch });
  }
};

const resultToReward = (
  { epoch, node_id, owner_id, reward_micro }: EpochResultDocument,
  { policy, at }: { policy: number; at: number },
): EntryRequest => ({
  account: ownerAccount(owner_id),
  key: rewardKey(epoch, node_id),
  amountMicro: reward_micro,
  contra: [{ account: "rewards", amountMicro: -reward_micro }],
  epoch,
  policy,
  at,
});
