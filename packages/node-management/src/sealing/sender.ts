import { errorTable } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import type { Log } from "@lucid/platform/log";
import type { SignedCheckpoint } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import { answerProblem } from "./answer.ts";
import type { SlotDocument } from "./documents.ts";
import { nextBatch, type WaitingSlot } from "./outbox.ts";
import type { Progress } from "./progress.ts";
import type { AppendAnswer, SendSlots, SendVerdict } from "./send.ts";

/**
 * How sending to block-manager stands. `unreachable` passes by itself. The others need a person, and are tried again
 * slowly: `conflict` (it has other blocks), `behind` (it lacks blocks that somebody saw), `forked` (two histories are
 * signed), `untrusted` (its answer does not follow from what it was sent), `refused` (anything else).
 */
export type AppendState =
  | "holding"
  | "up_to_date"
  | "sending"
  | "unreachable"
  | "conflict"
  | "behind"
  | "forked"
  | "untrusted"
  | "refused";

export type Sender = {
  /** Sends what waits, in order, until there is nothing or it cannot go on. */
  run(signal: AbortSignal): Promise<void>;
  /** In how many ms to run again although nothing new was sealed; null when nothing is open. */
  retryInMs(): number | null;
  state(): { readonly state: AppendState; readonly ok: boolean; readonly detail: string };
  /** The latest slot that block-manager acknowledged; null before the first. */
  appendedSlot(): number | null;
  /** Sealed slots that block-manager has not acknowledged. */
  lagSlots(): number;
  checkpoint(): SignedCheckpoint | null;
  seen(): SignedCheckpoint | null;
  noteSeen(checkpoint: SignedCheckpoint): void;
  /** Tells other replicas what was seen here, and takes what they appended and saw into memory. */
  follow(): Promise<void>;
};

export type SenderDeps = {
  readonly network: Network;
  readonly clock: Pick<Clock, "monotonic">;
  readonly log: Log;
  readonly slots: Collection<SlotDocument>;
  readonly progress: Progress;
  readonly send: SendSlots;
  /** The latest sealed slot. */
  readonly last: () => number | null;
};

const stateOfCode: Readonly<Record<string, AppendState>> = {
  "blocks.conflict": "conflict",
  "blocks.order": "behind",
  "log.behind": "behind",
  "log.forked": "forked",
};

/** What is as it should be. */
const quiet: ReadonlySet<AppendState> = new Set(["holding", "up_to_date", "sending"]);

const firstRetryMs = 1000;
const longestRetryMs = 30_000;
const blockedRetryMs = 60_000;

const largest = (a: SignedCheckpoint | null, b: SignedCheckpoint | null): SignedCheckpoint | null =>
  (a?.size ?? 0) >= (b?.size ?? 0) ? a : b;

const toSealedSlot = ({ slot, observed, backlog, policy_hash, sealed_at, body }: WaitingSlot) => ({
  slot,
  observed,
  backlog,
  policy_hash,
  sealed_at,
  body,
});

/** With what to do about it, as the table of errors has it. */
const describeRefusal = ({
  code,
  detail,
}: Extract<SendVerdict, { outcome: "refused" }>): string => {
  const table: Readonly<Record<string, { readonly fix: string }>> = errorTable;
  const fix = table[code]?.fix;
  return `${code}: ${detail}${fix === undefined ? "" : `. ${fix}`}`;
};

/** Carries sealed slots from the outbox to block-manager, in order, and notes what it acknowledged. */
export const createSender = async (deps: SenderDeps): Promise<Sender> => {
  const { network, clock, log, slots, progress } = deps;
  const { genesis } = network;
  const stored = await progress.of("appended");
  let appended = stored?.slot ?? null;
  let checkpoint = stored?.checkpoint ?? null;
  let seen = (await progress.of("seen"))?.checkpoint ?? null;
  let storedSeenSize = seen?.size ?? 0;
  let failures = 0;
  let retryAtMs: number | null = null;
  /** After a start agents first get the time to say what they saw, so that a restored log is not continued. */
  const holdUntilMs =
    checkpoint === null ? 0 : clock.monotonic() + genesis.slot_ms + genesis.grace_ms;
  let now: { state: AppendState; detail: string } = { state: "up_to_date", detail: "" };

  /** One line for each change of state, however often it is found again. */
  const become = (state: AppendState, detail: string): void => {
    if (state !== now.state && !quiet.has(state)) {
      const line = { state, reason: detail };
      if (state === "unreachable") log.warn(line, "sealed slots wait for block-manager");
      else log.error(line, "block-manager is sent no more slots");
    }
    if (state === "up_to_date" && failures > 0) log.info("the log has all sealed slots again");
    now = { state, detail };
  };
  const lagSlots = (): number => {
    const last = deps.last();
    return last === null ? 0 : last - (appended ?? genesis.first_slot - 1);
  };
  const waitFor = (state: AppendState): void => {
    const ms =
      state === "unreachable"
        ? Math.min(firstRetryMs * 2 ** failures, longestRetryMs)
        : blockedRetryMs;
    failures += 1;
    retryAtMs = clock.monotonic() + ms;
  };

  const note = async (batch: readonly WaitingSlot[], answer: AppendAnswer): Promise<void> => {
    const { size, root, signature } = answer.checkpoint;
    const slot = (batch.at(-1) as WaitingSlot).slot;
    checkpoint = largest(checkpoint, { size, root, signature });
    await progress.advance("appended", slot, checkpoint);
    appended = slot;
  };
  const keepSeen = async (): Promise<void> => {
    if (seen === null || seen.size <= storedSeenSize) return;
    // Kept under its size: a larger one replaces it.
    await progress.advance("seen", seen.size, seen);
    storedSeenSize = seen.size;
  };
  const follow = async (): Promise<void> => {
    await keepSeen();
    const other = await progress.of("appended");
    if (other !== null && other.slot > (appended ?? -1)) appended = other.slot;
    checkpoint = largest(checkpoint, other?.checkpoint ?? null);
    seen = largest(seen, (await progress.of("seen"))?.checkpoint ?? null);
  };
  const judge = (batch: readonly WaitingSlot[], verdict: SendVerdict): AppendAnswer | null => {
    if (verdict.outcome === "appended") {
      const known = largest(checkpoint, seen);
      const problem = answerProblem(network, batch, verdict.answer, known);
      if (problem === null) return verdict.answer;
      become("untrusted", problem);
    } else if (verdict.outcome === "unreachable") become("unreachable", verdict.detail);
    else become(stateOfCode[verdict.code] ?? "refused", describeRefusal(verdict));
    waitFor(now.state);
    return null;
  };
  /** Sends one batch; false when there is none or it did not get through. */
  const sendNext = async (signal: AbortSignal): Promise<boolean> => {
    const fromSlot = (appended ?? genesis.first_slot - 1) + 1;
    const batch = await nextBatch(slots, { fromSlot, lastSlot: deps.last() ?? -1 });
    if (batch.length === 0) return false;
    if (failures === 0) become("sending", `${lagSlots()} slots wait`);
    const known = largest(checkpoint, seen);
    const request = {
      ...(known !== null && { seen: known }),
      slots: batch.map(toSealedSlot),
    };
    const verdict = await deps.send(request, signal);
    // Broken off by our own stop: nothing is known, and the next start sends it again.
    if (signal.aborted) return false;
    const answer = judge(batch, verdict);
    if (answer === null) return false;
    await note(batch, answer);
    return true;
  };

  return {
    follow,
    run: async (signal) => {
      await keepSeen();
      if (clock.monotonic() < holdUntilMs) {
        become("holding", "agents are given a slot to say which checkpoints they saw");
        retryAtMs = holdUntilMs;
        return;
      }
      if (failures > 0 && retryAtMs !== null && clock.monotonic() < retryAtMs) return;
      retryAtMs = null;
      while (!signal.aborted && (await sendNext(signal))) retryAtMs = null;
      if (lagSlots() > 0 || signal.aborted) return;
      become("up_to_date", "");
      failures = 0;
    },
    retryInMs: () => (retryAtMs === null ? null : Math.max(0, retryAtMs - clock.monotonic())),
    state: () => {
      const { state, detail } = now;
      const ok = quiet.has(state) || state === "unreachable";
      const lag = lagSlots() === 0 ? "" : ` (${lagSlots()} sealed slots wait)`;
      return { state, ok, detail: `${state}${detail === "" ? "" : `: ${detail}`}${lag}` };
    },
    appendedSlot: () => appended,
    lagSlots,
    checkpoint: () => checkpoint,
    seen: () => seen,
    noteSeen: (given) => {
      if (given.size > (largest(checkpoint, seen)?.size ?? 0)) seen = given;
    },
  };
};
