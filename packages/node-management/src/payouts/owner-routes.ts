import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Http } from "@lucid/platform/http";
import type { Epochs } from "../epochs/index.ts";
import type { Ledger } from "../ledger/index.ts";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { pageOfList, pageToView } from "../shared/page.ts";
import type { Payouts } from "./contract.ts";
import { ownerToView } from "./owner-view.ts";
import { makeStatement } from "./statement.ts";
import { statementToView } from "./statement-view.ts";
import { createPayoutToView } from "./views.ts";

export type OwnerRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly registry: Pick<Registry, "owner" | "owners">;
  readonly ledger: Ledger;
  readonly epochs: Pick<Epochs, "document" | "result">;
  readonly payouts: Payouts;
  readonly explorer: string | undefined;
};

export const registerOwnerRoutes = (deps: OwnerRoutesDeps): void => {
  const { http, network, clock, registry, payouts } = deps;
  const payoutToView = createPayoutToView(deps);
  const unknown = (ownerId: string) =>
    new ApiProblem("owners.unknown", `There is no owner ${ownerId}.`);

  http.route(routes.listOwners, async ({ query }) => {
    const page = pageOfList(registry.owners(), query);
    const views = await Promise.all(
      page.items.map((owner) => ownerToView(deps, owner, clock.now())),
    );
    return pageToView({ ...page, items: views }, (view) => view);
  });

  http.route(routes.getOwner, async ({ params: { owner_id } }) => {
    const owner = registry.owner(owner_id);
    return owner === null ? unknown(owner_id) : ownerToView(deps, owner, clock.now());
  });

  http.route(routes.getStatement, async ({ params: { owner_id }, query }) => {
    const owner = registry.owner(owner_id);
    if (owner === null) return unknown(owner_id);
    const fromMs = query.from === undefined ? undefined : Date.parse(query.from);
    const toMs = query.to === undefined ? undefined : Date.parse(query.to);
    const range = query.epoch === undefined ? { fromMs, toMs } : { epoch: query.epoch };
    const statement = await makeStatement(deps, owner_id, range);
    return statementToView(statement, {
      ownerId: owner_id,
      network,
      address: owner.address,
      nowMs: clock.now(),
    });
  });

  http.route(routes.listOwnerPayouts, async ({ params: { owner_id }, query }) => {
    if (registry.owner(owner_id) === null) return unknown(owner_id);
    return pageToView(await payouts.list(query, { ownerId: owner_id }), payoutToView);
  });
};
