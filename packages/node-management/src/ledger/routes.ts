import { routes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { type LedgerEntry, ownerAccount } from "@lucid/protocol";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { type Page, pageToView } from "../shared/page.ts";
import type { Ledger } from "./service.ts";
import { entryToView } from "./views.ts";

export type LedgerRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly network: Network;
  readonly ledger: Pick<Ledger, "list" | "sealedSlot">;
  readonly registry: Pick<Registry, "owner">;
};

export const registerLedgerRoutes = (deps: LedgerRoutesDeps): void => {
  const { http, network, ledger, registry } = deps;

  const listToView = async (page: Page<LedgerEntry>) => {
    const lines = page.items.map(async (entry) => ({
      entry,
      sealedSlot: await ledger.sealedSlot(entry.account, entry.seq),
    }));
    return pageToView({ ...page, items: await Promise.all(lines) }, (line) =>
      entryToView(network.genesis, line),
    );
  };

  http.route(routes.listLedger, async ({ query }) => listToView(await ledger.list(query)));
  http.route(routes.listOwnerLedger, async ({ params, query }) => {
    if (registry.owner(params.owner_id) === null)
      return new ApiProblem("owners.unknown", `There is no owner ${params.owner_id}.`);
    return listToView(await ledger.list(query, ownerAccount(params.owner_id)));
  });
};
