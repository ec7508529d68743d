import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { pageToView } from "../shared/page.ts";
import type { Treasury } from "./contract.ts";
import { reconciliationToView, recordToView, statusToView, walletToView } from "./views.ts";

export type TreasuryRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly clock: Pick<Clock, "now">;
  readonly treasury: Treasury;
  /** Has the payer run at once, in the background. */
  readonly wake: () => void;
};

export const registerTreasuryRoutes = ({
  http,
  clock,
  treasury,
  wake,
}: TreasuryRoutesDeps): void => {
  http.route(routes.getTreasury, async () => statusToView(await treasury.status(), clock.now()));
  http.route(routes.listTreasuryRecords, async ({ query }) =>
    pageToView(await treasury.records(query), recordToView),
  );
  http.route(routes.recordTransfer, async ({ body, principal, reply }) => {
    const verdict = await treasury.record({
      txid: body.txid,
      reason: body.reason,
      payoutId: body.payout_id,
      ownerId: body.owner_id,
      by: principal.id,
    });
    if (verdict.outcome === "refused") return new ApiProblem(verdict.code, verdict.detail);
    wake();
    return reply(verdict.outcome === "recorded" ? 201 : 200, recordToView(verdict.record));
  });
  http.route(routes.rotateWallet, async ({ body, reply }) => {
    const verdict = await treasury.rotate(body.address);
    if (verdict.outcome === "refused") return new ApiProblem(verdict.code, verdict.detail);
    wake();
    return reply(201, { wallets: verdict.wallets.map(walletToView) });
  });
  http.route(routes.getReconciliation, async () => {
    const latest = await treasury.lastReconciliation();
    return latest === null
      ? new ApiProblem("payouts.not_reconciled", "Nobody has compared everything yet.")
      : reconciliationToView(latest);
  });
  http.route(routes.reconcilePayouts, async () => {
    const found = await treasury.reconcile();
    if (!found.ok)
      return new ApiProblem(
        "treasury.unreachable",
        `The chain could not be read: ${found.reason}.`,
      );
    return reconciliationToView(found.result);
  });
};
