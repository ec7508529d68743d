import { type LedgerEntry, ownerAccount } from "@lucid/protocol";
import type { Epochs } from "../epochs/index.ts";
import type { HoldDocument, Holds } from "../holds/index.ts";
import { findBreach, type Ledger } from "../ledger/index.ts";
import type { Payouts } from "./contract.ts";
import { addSources, matchesSource, type Source } from "./statement-sources.ts";
import { addUp, earnedByNode, heldAt } from "./statement-sums.ts";

export type StatementDeps = {
  readonly ledger: Pick<Ledger, "entries" | "seqSince" | "sealedSlot">;
  readonly epochs: Pick<Epochs, "document" | "result">;
  readonly payouts: Pick<Payouts, "get">;
  readonly holds: Pick<Holds, "get" | "ofOwner">;
};

/** From and to are Unix ms, `toMs` not included; or from the settlement of an epoch to that of the one after the last. */
export type StatementRange =
  | { readonly epoch: number; readonly toEpoch?: number | undefined }
  | { readonly fromMs?: number | undefined; readonly toMs?: number | undefined };

export type StatementLine = {
  readonly entry: LedgerEntry;
  readonly source: Source;
  /** The slot in whose block the entry stands; null while it is not sealed. */
  readonly sealedSlot: number | null;
};

/** What one node earned in a range, in micro-USDT; credits in millicredits. */
export type NodeEarnings = {
  readonly nodeId: string;
  readonly epochs: number;
  readonly credits: number;
  readonly earnedMicro: bigint;
};

/** Neighbouring entries of an owner's account with their sources. Amounts in micro-USDT, payouts negative. */
export type Statement = {
  /** Unix ms; null is from the first entry, or up to the last. Infinite for an epoch that is not settled. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly lines: readonly StatementLine[];
  readonly openingMicro: bigint;
  readonly closingMicro: bigint;
  readonly earnedMicro: bigint;
  /** Payouts and what came back of them. */
  readonly payoutsMicro: bigint;
  /** What upheld holds took, negative. */
  readonly forfeitedMicro: bigint;
  /** Adjustments. */
  readonly otherMicro: bigint;
  /** Nets of the range's payouts that the chain confirmed. */
  readonly paidMicro: bigint;
  /** What went towards payouts in the range and is neither confirmed nor back. */
  readonly inFlightMicro: bigint;
  readonly feesMicro: bigint;
  /** What the chain burned for the range's payouts; the network pays it. */
  readonly networkCostSun: bigint;
  /** What of the closing balance waited behind a hold at the end of the range. */
  readonly heldMicro: bigint;
  /** Those that kept payouts waiting at some time of the range, oldest first. */
  readonly holds: readonly HoldDocument[];
  readonly byNode: readonly NodeEarnings[];
  /** The entries are linked, the sums agree, and every line is what its source says. */
  readonly addsUp: boolean;
};

/** The statement of an owner: the one function behind every screen that shows what an owner earned and got. */
export const makeStatement = async (
  deps: StatementDeps,
  ownerId: string,
  range: StatementRange,
): Promise<Statement> => {
  const { before, entries, fromMs, toMs } = await readRange(deps, ownerAccount(ownerId), range);
  const lines = await addSources(deps, entries);
  const sums = addUp(lines);
  const openingMicro = BigInt(before?.balance_micro ?? "0");
  const closingMicro = BigInt((entries.at(-1) ?? before)?.balance_micro ?? "0");
  const change = sums.earnedMicro + sums.payoutsMicro + sums.forfeitedMicro + sums.otherMicro;
  const spread = sums.paidMicro + sums.inFlightMicro + sums.feesMicro - sums.decidedMicro;
  const addsUp =
    openingMicro + change === closingMicro &&
    spread === -sums.payoutsMicro &&
    isLinked(before, entries) &&
    lines.every(matchesSource);
  const holds = await deps.holds.ofOwner(ownerId);
  const endMs = toMs ?? Number.POSITIVE_INFINITY;
  return {
    fromMs,
    toMs,
    lines,
    openingMicro,
    closingMicro,
    ...sums,
    heldMicro: holds.some((hold) => heldAt(hold, endMs)) ? closingMicro : 0n,
    holds: holds.filter(
      (hold) => hold.held_at < endMs && (hold.opened_at ?? endMs) >= (fromMs ?? 0),
    ),
    byNode: earnedByNode(lines),
    addsUp,
  };
};

type Range = {
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly before: LedgerEntry | null;
  readonly entries: LedgerEntry[];
};

/** The entries of a range and the one before it; a range never leaves out an entry between two of its own. */
const readRange = async (
  deps: StatementDeps,
  account: string,
  range: StatementRange,
): Promise<Range> => {
  const { fromMs, toMs } = await rangeToTimes(deps, range);
  const fromSeq = fromMs === undefined ? 0 : await deps.ledger.seqSince(account, fromMs);
  const untilSeq = toMs === undefined ? undefined : await deps.ledger.seqSince(account, toMs);
  const readFrom = Math.max(0, fromSeq - 1);
  const read = await deps.ledger.entries(account, {
    fromSeq: readFrom,
    ...(untilSeq !== undefined && { limit: Math.max(untilSeq, fromSeq) - readFrom }),
  });
  const times = { fromMs: fromMs ?? null, toMs: toMs ?? null };
  if (fromSeq === 0) return { ...times, before: null, entries: read };
  return { ...times, before: read[0] ?? null, entries: read.slice(1) };
};

/** Epochs are settled one after the other, so what an epoch brought stands between two settlements. */
const rangeToTimes = async (
  { epochs }: StatementDeps,
  range: StatementRange,
): Promise<{ fromMs?: number | undefined; toMs?: number | undefined }> => {
  if (!("epoch" in range)) return range;
  const [own, next] = await Promise.all([
    epochs.document(range.epoch),
    epochs.document((range.toEpoch ?? range.epoch) + 1),
  ]);
  return { fromMs: own?.closing_at ?? Number.POSITIVE_INFINITY, toMs: next?.closing_at };
};

const isLinked = (before: LedgerEntry | null, entries: readonly LedgerEntry[]): boolean =>
  entries.every((entry, i) => findBreach(entries[i - 1] ?? before, entry) === null);
