import { type LedgerEntry, ownerAccount } from "@lucid/protocol";
import type { EpochDocument, EpochResultDocument, Epochs } from "../epochs/index.ts";
import { findBreach, type Ledger } from "../ledger/index.ts";
import type { Payouts } from "./contract.ts";
import type { PayoutDocument } from "./documents.ts";

export type StatementDeps = {
  readonly ledger: Pick<Ledger, "entries" | "seqSince" | "sealedSlot">;
  readonly epochs: Pick<Epochs, "document" | "result">;
  readonly payouts: Pick<Payouts, "get">;
};

/** From and to are Unix ms, `toMs` not included; or from the settlement of an epoch to that of the next. */
export type StatementRange =
  | { readonly epoch: number }
  | { readonly fromMs?: number | undefined; readonly toMs?: number | undefined };

/** Where the amount of an entry comes from. */
export type Source =
  | { readonly kind: "reward"; readonly result: EpochResultDocument; readonly epoch: EpochDocument }
  | { readonly kind: "payout"; readonly payout: PayoutDocument }
  /** A decision of a person, or something that should be there and is not. */
  | { readonly kind: "other" };

export type StatementLine = {
  readonly entry: LedgerEntry;
  readonly source: Source;
  /** The slot in whose block the entry stands; null while it is not sealed. */
  readonly sealedSlot: number | null;
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
  readonly otherMicro: bigint;
  /** Nets of the range's payouts that the chain confirmed. */
  readonly paidMicro: bigint;
  /** What went towards payouts in the range and is neither confirmed nor back. */
  readonly inFlightMicro: bigint;
  readonly feesMicro: bigint;
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
  const change = sums.earnedMicro + sums.payoutsMicro + sums.otherMicro;
  const spread = sums.paidMicro + sums.inFlightMicro + sums.feesMicro - sums.decidedMicro;
  const addsUp =
    openingMicro + change === closingMicro &&
    spread === -sums.payoutsMicro &&
    isLinked(before, entries) &&
    lines.every(matchesSource);
  return { fromMs, toMs, lines, openingMicro, closingMicro, ...sums, addsUp };
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
    epochs.document(range.epoch + 1),
  ]);
  return { fromMs: own?.closing_at ?? Number.POSITIVE_INFINITY, toMs: next?.closing_at };
};

const addSources = async (
  deps: StatementDeps,
  entries: readonly LedgerEntry[],
): Promise<StatementLine[]> => {
  const epochs = new Map<number, EpochDocument | null>();
  const lines: StatementLine[] = [];
  for (const entry of entries) {
    if (entry.epoch !== undefined && !epochs.has(entry.epoch))
      epochs.set(entry.epoch, await deps.epochs.document(entry.epoch));
    const epoch = epochs.get(entry.epoch ?? -1) ?? null;
    const sealedSlot = await deps.ledger.sealedSlot(entry.account, entry.seq);
    lines.push({ entry, source: await findSource(deps, entry, epoch), sealedSlot });
  }
  return lines;
};

const findSource = async (
  { epochs, payouts }: StatementDeps,
  entry: LedgerEntry,
  epoch: EpochDocument | null,
): Promise<Source> => {
  const [kind, ...names] = entry.key.split(":");
  const name = names.at(-1) ?? "";
  if (kind === "reward" && epoch !== null) {
    const result = await epochs.result(epoch.epoch, name);
    if (result !== null) return { kind: "reward", result, epoch };
  }
  if (kind === "payout" || kind === "payout_reversal") {
    const payout = await payouts.get(name);
    if (payout !== null) return { kind: "payout", payout };
  }
  return { kind: "other" };
};

const addUp = (lines: readonly StatementLine[]) => {
  const sums = { earnedMicro: 0n, payoutsMicro: 0n, otherMicro: 0n, feesMicro: 0n, paidMicro: 0n };
  // What decisions moved out of, or into, fees and what is in flight.
  let decidedMicro = 0n;
  let towardsPayouts = 0n;
  for (const { entry, source } of lines) {
    const amount = BigInt(entry.amount_micro);
    if (entry.kind === "reward") sums.earnedMicro += amount;
    else if (entry.kind === "payout" || entry.kind === "payout_reversal")
      sums.payoutsMicro += amount;
    else sums.otherMicro += amount;
    sums.feesMicro += contraOf(entry, "fees");
    towardsPayouts += contraOf(entry, "in_flight");
    if (entry.kind === "adjustment")
      decidedMicro += contraOf(entry, "fees") + contraOf(entry, "in_flight");
    if (entry.kind === "payout" && source.kind === "payout" && source.payout.state === "confirmed")
      sums.paidMicro += source.payout.net_micro;
  }
  return { ...sums, decidedMicro, inFlightMicro: towardsPayouts - sums.paidMicro };
};

const isLinked = (before: LedgerEntry | null, entries: readonly LedgerEntry[]): boolean =>
  entries.every((entry, i) => findBreach(entries[i - 1] ?? before, entry) === null);

/** Whether a line is exactly what its source says; a payout's document may still be on its way after a crash. */
const matchesSource = ({ entry, source }: StatementLine): boolean => {
  const amount = BigInt(entry.amount_micro);
  if (source.kind === "reward") return amount === source.result.reward_micro;
  if (source.kind === "other") return entry.kind !== "reward";
  const { gross_micro, net_micro, fee_micro } = source.payout;
  const sign = entry.kind === "payout" ? -1n : 1n;
  return amount === sign * gross_micro && gross_micro === net_micro + fee_micro;
};

const contraOf = (entry: LedgerEntry, account: string): bigint =>
  BigInt(entry.contra.find((part) => part.account === account)?.amount_micro ?? "0");
