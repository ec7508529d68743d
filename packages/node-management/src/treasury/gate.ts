import type { ChainPort, Reading } from "@lucid/tron";
import type { Difference, GateVerdict, TreasuryContext, WalletView } from "./contract.ts";
import { driveAdjustments } from "./adjust.ts";
import { compareHistory } from "./history.ts";
import type { WalletDocument } from "./documents.ts";
import { judgeTransfers, readKnown, withHints } from "./match.ts";
import { advanceWallet } from "./position.ts";
import { readBlockId, readWallet } from "./read.ts";
import { type BoundWallet, readWallets, startWallet, sum } from "./start.ts";
import { missingTransfer, otherBalance, otherHistory, toVerdict, waiting } from "./words.ts";

/** A solidified block that is older shows yesterday's chain. */
const MAX_AGE_MS = 300_000;

/**
 * Compares chain and books: every Transfer out of every wallet since they last agreed, on every endpoint, and the balance
 * that is left. Where all of it agrees, that block becomes the one from which the next comparison begins.
 */
export const readGate = async (context: TreasuryContext): Promise<GateVerdict> => {
  const wallets = await readWallets(context);
  const active = wallets.at(-1)?.address;
  if (active !== context.wallet)
    return waiting(
      active === undefined
        ? "the ledger names no wallet to pay from yet"
        : `the ledger pays from ${active} now: start again with the key of that wallet`,
    );
  const stuck = await driveAdjustments(context);
  if (stuck.length > 0) return toVerdict(stuck);
  const differences: Difference[] = [];
  for (const wallet of wallets) {
    const compared = await compareWallet(context, wallet);
    if (!compared.ok) return waiting(compared.reason);
    differences.push(...compared.value);
  }
  return toVerdict(differences);
};

const compareWallet = async (
  context: TreasuryContext,
  wallet: BoundWallet,
): Promise<Reading<Difference[]>> => {
  const { chains } = context;
  const position = await startWallet(context, chains[0], wallet);
  if (!position.ok) return unread(wallet.address, position.reason);
  const views: WalletView[] = [];
  const differences: Difference[] = [];
  for (const chain of chains) {
    const compared = await compareView(context, chain, position.value);
    if (!compared.ok) return unread(wallet.address, compared.reason);
    views.push(compared.value.view);
    differences.push(...compared.value.differences);
  }
  if (differences.length > 0) return { ok: true, value: withoutRepeats(differences) };
  const agreed = await advanceWallet(context, position.value, views);
  return agreed.ok ? { ok: true, value: [] } : unread(wallet.address, agreed.reason);
};

type Compared = { readonly view: WalletView; readonly differences: Difference[] };

/** One endpoint against the books. */
const compareView = async (
  context: TreasuryContext,
  chain: ChainPort,
  position: WalletDocument,
): Promise<Reading<Compared>> => {
  const wallet = position.id;
  const read = await readWallet(chain, wallet, position.number);
  if (!read.ok) return read;
  const view = read.value;
  const anchor = await readBlockId(chain, position.number);
  if (!anchor.ok) return anchor;
  const ageMs = context.clock.now() - view.blockAtMs;
  if (ageMs >= MAX_AGE_MS)
    return unknown(
      `the newest solidified block of an endpoint is ${Math.floor(ageMs / 60_000)} minutes old`,
    );
  if (anchor.value !== position.block_id)
    return { ok: true, value: { view, differences: [otherHistory(wallet, position.number)] } };
  const history = await compareHistory(chain, position, view);
  if (!history.ok) return history;

  const moved = [...view.out, ...view.unsettled];
  const known = await readKnown(
    context,
    moved.map(({ txid }) => txid),
  );
  const unknownOnes = judgeTransfers(moved, known);
  return {
    ok: true,
    value: {
      view,
      differences: [
        ...(await withHints(context, unknownOnes, moved)),
        ...(await findMissing(context, position, view)),
        ...judgeBalance(position, view),
      ],
    },
  };
};

/** Payouts that the books call confirmed in a block of the range, and whose Transfer the chain does not show there. */
const findMissing = async (
  { attempts }: TreasuryContext,
  { id: wallet, number }: WalletDocument,
  view: WalletView,
): Promise<Difference[]> => {
  const shown = new Set(view.out.map(({ txid }) => txid));
  const confirmed = await attempts.confirmed(wallet, number + 1, view.number + 1);
  return confirmed
    .filter(({ txid }) => txid === null || !shown.has(txid))
    .map((attempt) => missingTransfer(wallet, attempt));
};

const judgeBalance = (position: WalletDocument, view: WalletView): Difference[] => {
  const expected = position.balance_micro + sum(view.in) - sum(view.out);
  if (expected === view.tokenMicro) return [];
  return [otherBalance(position.id, { held: view.tokenMicro, expected, number: view.number })];
};

/** What several endpoints show is one difference. */
const withoutRepeats = (differences: readonly Difference[]): Difference[] => [
  ...new Map(
    differences.map((found) => [`${found.kind} ${found.txid} ${found.wallet}`, found]),
  ).values(),
];

const unread = (wallet: string, reason: string): Reading<never> =>
  unknown(`what left the wallet ${wallet} could not be compared with the books (${reason})`);

const unknown = (reason: string): Reading<never> => ({ ok: false, code: "unknown", reason });
