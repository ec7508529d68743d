import type { LedgerEntry } from "@lucid/protocol";
import type { EpochDocument, EpochResultDocument } from "../epochs/index.ts";
import type { HoldDocument } from "../holds/index.ts";
import type { PayoutDocument } from "./documents.ts";
import type { StatementDeps, StatementLine } from "./statement.ts";

/** Where the amount of an entry comes from. */
export type Source =
  | { readonly kind: "reward"; readonly result: EpochResultDocument; readonly epoch: EpochDocument }
  | { readonly kind: "payout"; readonly payout: PayoutDocument }
  /** Two people upheld a hold. */
  | { readonly kind: "forfeit"; readonly hold: HoldDocument }
  /** Two people closed a payout's dispute. */
  | { readonly kind: "dispute"; readonly payout: PayoutDocument }
  /** What a person recorded about a transaction, or something that should be there and is not. */
  | { readonly kind: "other" };

export const addSources = async (
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
  { epochs, payouts, holds }: StatementDeps,
  { kind, key }: LedgerEntry,
  epoch: EpochDocument | null,
): Promise<Source> => {
  const name = key.split(":").at(-1) ?? "";
  if (kind === "reward" && epoch !== null) {
    const result = await epochs.result(epoch.epoch, name);
    if (result !== null) return { kind: "reward", result, epoch };
  }
  if (kind === "forfeit") {
    const hold = await holds.get(name);
    if (hold !== null) return { kind: "forfeit", hold };
  }
  if (kind === "payout" || kind === "payout_reversal" || kind === "adjustment") {
    const payout = await payouts.get(name);
    if (payout !== null) return { kind: kind === "adjustment" ? "dispute" : "payout", payout };
  }
  return { kind: "other" };
};

/** Whether a line is exactly what its source says; a payout's document may still be on its way after a crash. */
export const matchesSource = ({ entry, source }: StatementLine): boolean => {
  const amount = BigInt(entry.amount_micro);
  if (source.kind === "reward") return amount === source.result.reward_micro;
  if (source.kind === "forfeit") return amount === -(source.hold.forfeit_micro ?? 0n);
  if (source.kind === "dispute") return amount === (source.payout.closed?.back_micro ?? amount);
  if (source.kind === "other") return entry.kind !== "reward" && entry.kind !== "forfeit";
  const { gross_micro, net_micro, fee_micro } = source.payout;
  const sign = entry.kind === "payout" ? -1n : 1n;
  return amount === sign * gross_micro && gross_micro === net_micro + fee_micro;
};
