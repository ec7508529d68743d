import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { ownerAccount, rewardKey } from "@lucid/protocol";
import type { EntryRequest, Ledger } from "../ledger/index.ts";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import { insertOrFind } from "../shared/written.ts";
import type { EpochDocument, EpochResultDocument } from "./documents.ts";
import { type DueEpoch, type EvidenceDeps, gatherEvidence } from "./evidence.ts";
import { dropOtherRuns, readResults, writeRun } from "./results.ts";
import { computeRun } from "./run.ts";
import { forgetSilence } from "./silence.ts";

export type SettleDeps = EvidenceDeps & {
  readonly clock: Pick<Clock, "now">;
  readonly epochs: Collection<EpochDocument>;
  readonly results: Collection<EpochResultDocument>;
  readonly ledger: Pick<Ledger, "appendRewards">;
};

type Picked = EpochDocument & { run: string; count: number; picked_at: number };

/**
 * Settles an epoch whose evidence is sealed. Each step may be repeated, by this process or another one: `closing`,
 * results of a run, the pick of one run, rewards of the picked run, `closed`. Tells whether this call closed it.
 */
export const settle = async (
  deps: SettleDeps,
  due: DueEpoch,
  signal: AbortSignal,
): Promise<{ isCloser: boolean }> => {
  const opened = await open(deps, due);
  if (opened.state === "closed") return { isCloser: false };
  const picked = isPicked(opened) ? opened : await pickRun(deps, due, signal);
  await dropOtherRuns(deps.results, picked);
  const rewardedAt = laterOf(deps.clock.now(), picked.picked_at);
  await reward(deps, { picked, at: rewardedAt }, signal);
  const swapped = await compareAndSet(
    deps.epochs,
    picked.id,
    { state: "closed", closed_at: laterOf(deps.clock.now(), rewardedAt) },
    { state: "closing", run: picked.run },
  );
  await forgetSilence(deps, due.epoch);
  return { isCloser: swapped.done };
};

/** Facts are sealed by their moments: a clock that was set back must not bring an entry before its result. */
const laterOf = (nowMs: number, beforeMs: number): number => Math.max(nowMs, beforeMs);

const isPicked = (document: EpochDocument): document is Picked => document.run !== undefined;

const open = async (
  { epochs, policies, clock }: SettleDeps,
  { epoch, cutSlot }: DueEpoch,
): Promise<EpochDocument> => {
  const { stored } = await insertOrFind(epochs, {
    id: String(epoch),
    epoch,
    state: "closing",
    policy: policies.forEpoch(epoch).version,
    cut_slot: cutSlot,
    closing_at: clock.now(),
    sealed_slot: null,
  });
  return stored;
};

/** Computes a run and writes its results; one compare-and-set decides whose run counts. */
const pickRun = async (deps: SettleDeps, due: DueEpoch, signal: AbortSignal): Promise<Picked> => {
  const { epoch } = due;
  const { documents, outcome } = computeRun(await gatherEvidence(deps, due, signal));
  await writeRun(deps.results, { epoch, run: outcome.run }, documents);
  const swapped = await compareAndSet(
    deps.epochs,
    String(epoch),
    { ...outcome, picked_at: deps.clock.now() },
    { state: "closing", run: undefined },
  );
  const picked = swapped.done ? swapped.document : swapped.stored;
  if (picked === null || !isPicked(picked))
    throw new Fault("epochs.pick", `no run of epoch ${epoch} could be picked`, { epoch });
  if (picked.run === outcome.run) deps.history.absorb(epoch, documents);
  return picked;
};

/** Makes the ledger entries of the picked run in ascending node id, from what is stored and nothing else. */
const reward = async (
  { results, ledger }: SettleDeps,
  { picked, at }: { picked: Picked; at: number },
  signal: AbortSignal,
): Promise<void> => {
  const { epoch, run, policy } = picked;
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
