import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { parseUsdt, slotAt, utf8 } from "@lucid/protocol";
import type { Addresses } from "../addresses/index.ts";
import type { Epochs } from "../epochs/index.ts";
import type { Holds } from "../holds/index.ts";
import type { Ledger } from "../ledger/index.ts";
import type { Policies } from "../policy/index.ts";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { pageOfList, pageToView } from "../shared/page.ts";
import { toUsdt } from "../shared/view.ts";
import type { Payouts } from "./contract.ts";
import { ownerToView } from "./owner-view.ts";
import { makeStatement, type StatementRange } from "./statement.ts";
import { statementToCsv } from "./statement-csv.ts";
import { statementToView } from "./statement-view.ts";
import { createPayoutToView } from "./views.ts";

export type OwnerRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly policies: Pick<Policies, "forSlot">;
  readonly registry: Pick<Registry, "owner" | "owners">;
  readonly addresses: Addresses;
  readonly ledger: Ledger;
  readonly epochs: Pick<Epochs, "document" | "result">;
  readonly payouts: Payouts;
  readonly holds: Pick<Holds, "get" | "ofOwner">;
  readonly explorer: string | undefined;
};

export const registerOwnerRoutes = (deps: OwnerRoutesDeps): void => {
  const { http, network, clock, policies, registry, payouts } = deps;
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
    const statement = await makeStatement(deps, owner_id, queryToRange(query));
    return statementToView(statement, {
      ownerId: owner_id,
      network,
      address: owner.address,
      nowMs: clock.now(),
      explorer: deps.explorer,
    });
  });

  http.route(routes.getStatementCsv, async ({ params: { owner_id }, query, reply }) => {
    if (registry.owner(owner_id) === null) return unknown(owner_id);
    const statement = await makeStatement(deps, owner_id, queryToRange(query));
    return reply(200, utf8(statementToCsv(statement, network)), {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${owner_id}.csv"`,
    });
  });

  http.route(routes.setOwnerThreshold, async ({ params: { owner_id }, body, principal }) => {
    const owner = registry.owner(owner_id);
    if (owner === null) return unknown(owner_id);
    if (principal.id !== owner_id)
      return new ApiProblem("access.forbidden", "Only the owner itself sets its threshold.");
    const thresholdMicro = parseUsdt(body.threshold_usdt);
    const { payout } = policies.forSlot(slotAt(network.genesis, clock.now()));
    if (thresholdMicro > BigInt(payout.maximum_micro))
      return new ApiProblem(
        "owners.threshold",
        `/threshold_usdt is more than the ${toUsdt(BigInt(payout.maximum_micro))} USDT that one payout may be.`,
      );
    await payouts.setThreshold(owner_id, thresholdMicro);
    return ownerToView(deps, owner, clock.now());
  });

  http.route(routes.listOwnerPayouts, async ({ params: { owner_id }, query }) => {
    if (registry.owner(owner_id) === null) return unknown(owner_id);
    return pageToView(await payouts.list(query, { ownerId: owner_id }), payoutToView);
  });
};

type RangeQuery = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly epoch?: number | undefined;
  readonly to_epoch?: number | undefined;
};

const queryToRange = ({ from, to, epoch, to_epoch }: RangeQuery): StatementRange => {
  if (epoch !== undefined) return { epoch, toEpoch: to_epoch };
  const toMs = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  return { fromMs: toMs(from), toMs: toMs(to) };
};
