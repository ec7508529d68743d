import { formatUsdt } from "@lucid/protocol";
import { type Refused, refuse } from "./answer.ts";
import type { ChainView } from "./chain-view.ts";
import type { Journal } from "./journal.ts";

type Deps = {
  readonly journal: Journal;
  readonly chain: Pick<ChainView, "transfersOut" | "firstBlockAt">;
  readonly clock: { now(): number };
};

export type ComparisonOptions = {
  readonly wallet: string;
  /** Whether the journal's mark lies where it is not put back with the journal, so that both are known to be the newest. */
  readonly isMarkApart: boolean;
  /** No transfer that was ever signed lives longer. */
  readonly lifetimeMs: number;
};

/** Blocks after which it is kept how far the wallet's Transfers were compared, so that a start does not read them all again. */
const KEEP_EVERY = 1000;

/**
 * Whether the journal can be the newest there ever was: the chain shows no Transfer out of the wallet that is not in it,
 * and nothing that a lost line might have signed can still get in.
 */
export const createComparison = (
  { journal, chain, clock }: Deps,
  { wallet, isMarkApart, lifetimeMs }: ComparisonOptions,
): (() => Promise<Refused | null>) => {
  const startedMs = isMarkApart ? 0 : clock.now();
  let compared: number | null = null;
  let running: Promise<Refused | null> | null = null;

  const readFrom = async (): Promise<number | Refused> => {
    const known = compared ?? journal.comparedTo();
    if (known !== null) return known;
    const first = await chain.firstBlockAt(journal.opened.at_ms);
    return first.ok ? first.value : refuse("signer.chain_unknown", first.why);
  };

  const judgeAge = (solidMs: number): Refused | null => {
    const sinceMs = Math.max(startedMs, journal.acceptedMs());
    if (sinceMs === 0 || solidMs > sinceMs + lifetimeMs) return null;
    return refuse(
      "signer.journal_unsure",
      `what was signed before ${new Date(sinceMs).toISOString()} can get into the chain until ` +
        `${new Date(sinceMs + lifetimeMs).toISOString()}, and the journal might be an earlier copy; it goes on by itself then`,
    );
  };

  const compare = async (): Promise<Refused | null> => {
    const from = await readFrom();
    if (typeof from !== "number") return from;
    const seen = await chain.transfersOut(wallet, from);
    if (!seen.ok) return refuse("signer.chain_unknown", seen.why);
    const { transfers, next, solidMs } = seen.value;
    const stranger = transfers.find(({ txid }) => !journal.isKnown(txid));
    if (stranger !== undefined)
      return refuse(
        "signer.journal_behind",
        `block ${stranger.blockNumber} moved ${formatUsdt(stranger.amountMicro)} USDT to ${stranger.to} in transaction ${stranger.txid}, ` +
          "of which this journal knows nothing: it is an earlier copy, or somebody else has the key. See lucid signer accept",
      );
    compared = next;
    if (next - (journal.comparedTo() ?? 0) >= KEEP_EVERY)
      journal.add("compared", { block: next, at_ms: Math.max(clock.now(), journal.lastMs()) });
    return judgeAge(solidMs);
  };

  return () =>
    (running ??= compare().finally(() => {
      running = null;
    }));
};
