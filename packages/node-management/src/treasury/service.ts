import type { Documents } from "@lucid/platform/documents";
import type { Log } from "@lucid/platform/log";
import type { ChainPort } from "@lucid/tron";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { findPage } from "../shared/page.ts";
import { insertOrFind } from "../shared/written.ts";
import { findAttribution } from "./attribution.ts";
import type { GateVerdict, Treasury, TreasuryContext } from "./contract.ts";
import {
  incomingCollection,
  reconciliationCollection,
  type ReconciliationDocument,
  recordCollection,
  walletCollection,
} from "./documents.ts";
import { readGate } from "./gate.ts";
import { reconcileAll } from "./reconcile.ts";
import { recordTransfer } from "./record.ts";
import { readWalletStatus, rotateTo } from "./rotate.ts";
import { toVerdict } from "./words.ts";

export type TreasuryDeps = Omit<
  TreasuryContext,
  "wallets" | "incoming" | "records" | "reconciliations" | "chains" | "wallet"
> & {
  readonly documents: Pick<Documents, "collection">;
  readonly log: Log;
  /** One port for each endpoint, and the wallet to pay from; null when nobody is paid. */
  readonly payer: {
    readonly chains: readonly [ChainPort, ...ChainPort[]];
    readonly signer: { readonly address: string };
  } | null;
};

/** So many differences are kept and shown; all of them are counted. */
const MAX_SHOWN = 100;
const LATEST = "latest";

/** What stands between the chain and the next signature: whatever left our wallets has to be in the books. */
export const createTreasury = ({ documents, payer, log, ...deps }: TreasuryDeps): Treasury => {
  const stores = {
    wallets: documents.collection(walletCollection),
    incoming: documents.collection(incomingCollection),
    records: documents.collection(recordCollection),
    reconciliations: documents.collection(reconciliationCollection),
  };
  let verdict: GateVerdict | null = null;
  let checkedAtMs: number | null = null;
  const { wallets, incoming, records, reconciliations } = stores;
  const context: TreasuryContext | null =
    payer === null
      ? null
      : { ...deps, ...stores, chains: payer.chains, wallet: payer.signer.address };
  const notConfigured = "TRON_NETWORK is none: no chain is asked";

  const unrecordedMicro = async (wallet?: string): Promise<bigint> => {
    const where = { is_recorded: false, ...(wallet !== undefined && { wallet }) };
    const [line] = await incoming.sum({ where, field: "amount_micro" });
    return line?.sum ?? 0n;
  };

  const reconcile: Treasury["reconcile"] = async () => {
    if (context === null) return { ok: false, reason: notConfigured };
    const startedMs = deps.clock.monotonic();
    const found = await reconcileAll(context);
    if (!found.ok) return { ok: false, reason: found.reason };
    const { differences, sources, ...counts } = found.value;
    const result = await keep(reconciliations, {
      ...counts,
      at: deps.clock.now(),
      took_ms: Math.round(deps.clock.monotonic() - startedMs),
      sources: [...sources],
      differences: differences.slice(0, MAX_SHOWN).map((difference) => ({ ...difference })),
      differences_total: differences.length,
    });
    return { ok: true, result };
  };

  return {
    gate: async () => {
      if (context === null) return { state: "waiting", reason: notConfigured };
      const found = await readGate(context);
      const latest = found.state === "open" ? await reconciliations.get(LATEST) : null;
      const before = verdict;
      verdict = latest === null ? found : afterReconciliation(found, latest);
      const isNews = before?.state !== "stopped" || before.reason !== reasonOf(verdict);
      if (verdict.state === "stopped" && isNews)
        log.error({ differences: verdict.differences }, verdict.reason);
      checkedAtMs = deps.clock.now();
      return verdict;
    },
    rotate: async (address) =>
      context === null
        ? { outcome: "refused", code: "payouts.not_configured", detail: notConfigured }
        : rotateTo(context, address),
    status: async () => ({
      verdict,
      checkedAtMs,
      wallets: await readWalletStatus({ ...deps, wallets }),
      unrecorded: await incoming.find({ where: { is_recorded: false }, limit: MAX_SHOWN }),
      unrecordedMicro: await unrecordedMicro(),
    }),
    unrecordedMicro,
    attributedTo: (payoutId, said) => findAttribution(stores, payoutId, said),
    record: async (request) => {
      if (context === null)
        return { outcome: "refused", code: "payouts.not_configured", detail: notConfigured };
      const recorded = await recordTransfer(context, request);
      const latest = await reconciliations.get(LATEST);
      if (recorded.outcome === "recorded" && (latest?.differences_total ?? 0) > 0)
        await reconcile();
      return recorded;
    },
    records: async (request) => {
      return findPage(records, { sort: [["recorded_at", "desc"]] }, request);
    },
    reconcile,
    lastReconciliation: () => reconciliations.get(LATEST),
  };
};

const reasonOf = (verdict: GateVerdict): string | null =>
  verdict.state === "open" ? null : verdict.reason;

/** What the comparison of everything found stops payouts until another one finds it gone. */
const afterReconciliation = (
  found: GateVerdict,
  { differences, differences_total }: ReconciliationDocument,
): GateVerdict =>
  differences_total === 0 ? found : toVerdict(differences as Parameters<typeof toVerdict>[0]);

const keep = async (
  reconciliations: TreasuryContext["reconciliations"],
  result: Omit<ReconciliationDocument, "id" | "revision">,
): Promise<ReconciliationDocument> => {
  const stored = await reconciliations.get(LATEST);
  if (stored === null)
    return (await insertOrFind(reconciliations, { ...result, id: LATEST, revision: 0 })).stored;
  const patch = { ...result, revision: stored.revision + 1 };
  const swapped = await compareAndSet(reconciliations, LATEST, patch, {
    revision: stored.revision,
  });
  return swapped.done ? swapped.document : (swapped.stored ?? { ...patch, id: LATEST });
};
