import { setImmediate as nextTurn } from "node:timers/promises";
import type { ChainPort, Reading, TransferLog } from "@lucid/tron";
import type { Attempt, Difference, TreasuryContext } from "./contract.ts";
import type { WalletDocument } from "./documents.ts";
import { judgeTransfers, type Known } from "./match.ts";
import { type BoundWallet, readWallets, startWallet, sum } from "./start.ts";
import { missingTransfer, otherBalance, sourcesDiffer } from "./words.ts";
import { readWallet } from "./read.ts";

export type Reconciled = {
  readonly sources: readonly string[];
  readonly payouts: number;
  readonly transfers: number;
  readonly differences: readonly Difference[];
};

/** So many Transfers are judged before others get their turn. */
const PER_TURN = 1000;

/** All Transfers out of all wallets since the books began, against all payouts and records, from every source there is. */
export const reconcileAll = async (context: TreasuryContext): Promise<Reading<Reconciled>> => {
  const known = await readEverything(context);
  const sources = sourcesOf(context.chains);
  const differences: Difference[] = [];
  let transfers = 0;
  for (const wallet of await readWallets(context)) {
    const found = await reconcileWallet(context, wallet, known);
    if (!found.ok) return found;
    differences.push(...found.value.differences);
    transfers += found.value.transfers;
  }
  return { ok: true, value: { sources, payouts: known.payouts, transfers, differences } };
};

type Everything = Known & {
  readonly payouts: number;
  readonly confirmed: ReadonlyMap<string, readonly Attempt[]>;
};

const readEverything = async ({ attempts, records }: TreasuryContext): Promise<Everything> => {
  const byTxid = new Map<string, Attempt>();
  const confirmed = new Map<string, Attempt[]>();
  let payouts = 0;
  await attempts.each((attempt) => {
    payouts += 1;
    const { txid, wallet, state } = attempt;
    if (txid === null || wallet === null) return;
    byTxid.set(txid, attempt);
    if (state !== "confirmed") return;
    const list = confirmed.get(wallet);
    if (list === undefined) confirmed.set(wallet, [attempt]);
    else list.push(attempt);
  });
  const recorded = await records.find({ sort: [["recorded_at", "asc"]] });
  return {
    payouts,
    confirmed,
    attempts: byTxid,
    records: new Map(recorded.map((record) => [record.id, record])),
  };
};

const reconcileWallet = async (
  context: TreasuryContext,
  wallet: BoundWallet,
  known: Everything,
): Promise<Reading<{ transfers: number; differences: Difference[] }>> => {
  const [chain] = context.chains;
  const start = await startWallet(context, chain, wallet);
  if (!start.ok) return start;
  const view = await readWallet(chain, wallet.address, start.value.start_number, {
    trustLogs: true,
  });
  if (!view.ok) return view;
  const { out, number, blockAtMs, tokenMicro } = view.value;
  const differences: Difference[] = [];
  for (let from = 0; from < out.length; from += PER_TURN) {
    differences.push(...judgeTransfers(out.slice(from, from + PER_TURN), known));
    await nextTurn();
  }
  const shown = new Set(out.map(({ txid }) => txid));
  for (const attempt of known.confirmed.get(wallet.address) ?? [])
    if ((attempt.block ?? 0) <= number && !shown.has(attempt.txid ?? ""))
      differences.push(missingTransfer(wallet.address, attempt));
  const expected = start.value.start_micro + sum(view.value.in) - sum(out);
  if (expected !== tokenMicro)
    differences.push(otherBalance(wallet.address, { held: tokenMicro, expected, number }));
  const second = await compareSources(context.chains, start.value, { out, number, blockAtMs });
  if (!second.ok) return second;
  return {
    ok: true,
    value: { transfers: out.length, differences: [...differences, ...second.value] },
  };
};

type Shown = {
  readonly out: readonly TransferLog[];
  readonly number: number;
  readonly blockAtMs: number;
};

/** What every other source shows of the same blocks. */
const compareSources = async (
  [first, ...others]: readonly [ChainPort, ...ChainPort[]],
  { id: wallet, start_number, start_at }: WalletDocument,
  { out, number, blockAtMs }: Shown,
): Promise<Reading<Difference[]>> => {
  const differences: Difference[] = [];
  const shown = new Set(out.map(({ txid }) => txid));
  const compare = (found: readonly { readonly txid: string }[], name: string): void => {
    const told = new Set(found.map(({ txid }) => txid));
    const onlyOne = [
      ...[...shown].filter((txid) => !told.has(txid)),
      ...[...told].filter((txid) => !shown.has(txid)),
    ];
    for (const txid of onlyOne)
      differences.push(sourcesDiffer(wallet, txid, `the log of endpoint 1 and ${name}`));
  };
  for (const [index, chain] of [first, ...others].entries()) {
    if (index > 0) {
      const logs = await chain.transfersOut(wallet, start_number + 1, number + 1);
      if (!logs.ok) return logs;
      compare(logs.value, `the log of endpoint ${index + 1}`);
    }
    const history = (await chain.historyOut?.(wallet, start_at + 1, blockAtMs)) ?? null;
    if (history === null) continue;
    if (!history.ok) return history;
    compare(history.value, "an account history");
  }
  return { ok: true, value: differences };
};

const sourcesOf = (chains: readonly ChainPort[]): string[] =>
  chains.flatMap((chain, index) => [
    `log of endpoint ${index + 1}`,
    ...(chain.historyOut === null ? [] : [`account history of endpoint ${index + 1}`]),
  ]);
