import { routes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { ownerAccount } from "@lucid/protocol";
import type { Registry } from "../registry/index.ts";
import { pageToView } from "../shared/page.ts";
import type { Ledger } from "./service.ts";
import { entryToView } from "./views.ts";

export type LedgerRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly ledger: Pick<Ledger, "list">;
  readonly registry: Pick<Registry, "owner">;
};

export const registerLedgerRoutes = ({ http, ledger, registry }: LedgerRoutesDeps): void => {
  http.route(routes.listLedger, async ({ query }) =>
    pageToView(await ledger.list(query), entryToView),
  );
  http.route(routes.listOwnerLedger, async ({ params, query }) => {
    if (registry.owner(params.owner_id) === null)
      return new ApiProblem("owners.unknown", `There is no owner ${params.owner_id}.`);
    return pageToView(await ledger.list(query, ownerAccount(params.owner_id)), entryToView);
  });
};
