import type { Documents, Fields } from "@lucid/platform/documents";
import type { Ledger } from "../ledger/index.ts";
import { payoutCollection, type PayoutDocument } from "./documents.ts";

export type AttemptDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly ledger: Pick<Ledger, "entries">;
  /** The token that is paid with; null where the settings name none. */
  readonly token: string | null;
};

/**
 * No transaction of TRON may expire later than this after the block that it was made on. Source: java-tron,
 * `MAXIMUM_TIME_UNTIL_EXPIRATION`, 24 hours.
 */
const LONGEST_LIFE_MS = 86_400_000;

const WALLET = "wallet:";

/**
 * What can be said of an attempt whose bytes are lost: it is not sent from here any more, and the chain says whether it
 * was, and from which wallet.
 */
export const readAttempt = async (
  deps: AttemptDeps,
  signedAtMs: number,
): Promise<Omit<Fields<PayoutDocument>, "id">> => ({
  wallet: await walletAt(deps, signedAtMs),
  token: (await knownToken(deps)) ?? deps.token ?? undefined,
  timestamp_ms: signedAtMs,
  expiration_ms: signedAtMs + LONGEST_LIFE_MS,
  // Those of an attempt before it are not its own.
  ref_block_number: undefined,
  ref_block_id: undefined,
  raw_data: undefined,
  signed_data: undefined,
  fee_limit_sun: undefined,
  attributed: undefined,
});

/** The wallet that was paid from at a moment, as the ledger took them up on its own clock; the receipt may show another. */
const walletAt = async ({ ledger }: AttemptDeps, atMs: number): Promise<string | undefined> => {
  const bound = (await ledger.entries("network")).filter(({ key }) => key.startsWith(WALLET));
  const entry = bound.findLast(({ at }) => at <= atMs) ?? bound[0];
  return entry?.key.slice(WALLET.length);
};

/** What earlier payouts were paid with: a ledger is bound to one token. */
const knownToken = async ({ documents }: AttemptDeps): Promise<string | undefined> => {
  const payouts = documents.collection(payoutCollection);
  const first = await payouts.find({ sort: [["created_at", "asc"]], limit: 100 });
  return first.find(({ token }) => token !== undefined)?.token;
};
