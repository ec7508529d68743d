import type { ResponseOf, Routes } from "@lucid/api";
import type { Client } from "@lucid/api/client";
import { parseUsdt, verifyChain, type LedgerEntry } from "@lucid/protocol";
import type { Payout } from "./observer.ts";

type EntryView = ResponseOf<Routes["listLedger"]>["items"][number];

/** A Transfer log in a block of the local chain; addresses in base58, the amount integer micro-USDT. */
export type Transfer = {
  readonly txid: string;
  readonly from: string;
  readonly to: string;
  readonly amountMicro: string;
};

export type Books = {
  readonly entries: readonly LedgerEntry[];
  readonly payouts: readonly Payout[];
  readonly transfers: readonly Transfer[];
};

/** Everything that the service and the chain say about money. The chain last: it may only be ahead. */
export const readBooks = async (client: Client, chainUrl: string): Promise<Books> => {
  const entries = await readAll((query) => client.call("listLedger", { query }));
  const payouts = await readAll((query) => client.call("listPayouts", { query }));
  return { entries: entries.map(viewToEntry), payouts, transfers: await readTransfers(chainUrl) };
};

const readTransfers = async (chainUrl: string): Promise<Transfer[]> => {
  const answer: unknown = await (await fetch(`${chainUrl}/devnet/transfers`)).json();
  if (Array.isArray(answer) && answer.every(isTransfer)) return answer;
  throw new Error(`${chainUrl}/devnet/transfers does not answer with transfers`);
};

const isTransfer = (value: unknown): value is Transfer =>
  typeof value === "object" &&
  value !== null &&
  ["txid", "from", "to", "amountMicro"].every(
    (name) => typeof (value as Record<string, unknown>)[name] === "string",
  );

/**
 * Recomputes the ledger and compares it with the chain.
 * @returns one sentence for each thing that is not as it should be
 */
export const auditBooks = ({ entries, payouts, transfers }: Books, wallet: string): string[] => [
  ...chainProblems(entries),
  ...payouts.flatMap((payout) => debitProblems(payout, entries)),
  ...transferProblems(
    payouts,
    transfers.filter(({ from }) => from === wallet),
  ),
];

type Page<T> = { items: T[]; pagination: { has_next: boolean } };

/** Newest first by pages; what is added meanwhile moves items back, so one may come twice. */
const readAll = async <T>(
  read: (query: { page: number; limit: number }) => Promise<Page<T>>,
): Promise<T[]> => {
  const all = new Map<string, T>();
  for (let page = 1; ; page++) {
    const { items, pagination } = await read({ page, limit: 100 });
    for (const item of items) all.set(JSON.stringify(item), item);
    if (!pagination.has_next) return [...all.values()];
  }
};

const chainProblems = (entries: readonly LedgerEntry[]): string[] => {
  const keys = new Set(entries.map(({ key }) => key));
  const twice = keys.size === entries.length ? [] : ["a key stands in the ledger twice"];
  const broken = [...Map.groupBy(entries, ({ account }) => account)].flatMap(([account, own]) => {
    const verdict = verifyChain(own.toSorted((a, b) => a.seq - b.seq));
    return verdict.ok ? [] : [`${account}, entry ${verdict.seq}: ${verdict.detail}`];
  });
  return [...twice, ...broken];
};

/** Every payout rests on one debit of exactly its gross amount to its recipient. */
const debitProblems = (payout: Payout, entries: readonly LedgerEntry[]): string[] => {
  const debit = entries.find(({ key }) => key === `payout:${payout.payout_id}`);
  if (debit === undefined) return [`${payout.payout_id} has no debit in the ledger`];
  const gross = parseUsdt(payout.gross_usdt);
  const sums = parseUsdt(payout.net_usdt) + parseUsdt(payout.fee_usdt) === gross;
  const fits = debit.amount_micro === (-gross).toString() && debit.ref === payout.recipient;
  return sums && fits ? [] : [`${payout.payout_id} differs from its debit in the ledger`];
};

const transferProblems = (payouts: readonly Payout[], sent: readonly Transfer[]): string[] => {
  const byTxid = new Map(
    payouts.flatMap((payout) => (payout.txid === null ? [] : [[payout.txid, payout]])),
  );
  const strange = sent.filter((transfer) => !matches(byTxid.get(transfer.txid), transfer));
  const counts = Map.groupBy(sent, ({ txid }) => txid);
  return [
    ...strange.map(({ txid }) => `the transfer ${txid} is not that of a payout`),
    ...payouts
      .filter(
        ({ state, txid }) => state === "confirmed" && (counts.get(txid ?? "")?.length ?? 0) !== 1,
      )
      .map(
        ({ payout_id }) => `${payout_id} is confirmed without exactly one transfer on the chain`,
      ),
  ];
};

const matches = (payout: Payout | undefined, transfer: Transfer): boolean =>
  payout !== undefined &&
  payout.recipient === transfer.to &&
  parseUsdt(payout.net_usdt).toString() === transfer.amountMicro;

/** From the API's shape to the one that was hashed. */
const viewToEntry = (view: EntryView): LedgerEntry => ({
  account: view.account,
  seq: view.seq,
  key: view.key,
  kind: view.kind as LedgerEntry["kind"],
  amount_micro: toMicro(view.amount_usdt),
  balance_micro: toMicro(view.balance_usdt),
  contra: view.contra.map(({ account, amount_usdt }) => ({
    account,
    amount_micro: toMicro(amount_usdt),
  })),
  ...(view.ref === null ? {} : { ref: view.ref }),
  ...(view.epoch === null ? {} : { epoch: view.epoch }),
  policy: view.policy,
  at: Date.parse(view.at),
  prev_hash: view.prev_hash,
  hash: view.hash,
});

const toMicro = (usdt: string): string =>
  (usdt.startsWith("-") ? -parseUsdt(usdt.slice(1)) : parseUsdt(usdt)).toString();
