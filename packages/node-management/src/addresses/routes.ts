import { routes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import type { Registry } from "../registry/index.ts";
import type { Network } from "../shared/network.ts";
import { pageToView } from "../shared/page.ts";
import type { Addresses, AddressChangeStatus, Refusal } from "./contract.ts";
import { changeToView } from "./views.ts";

export type AddressRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly network: Network;
  readonly registry: Pick<Registry, "owner">;
  readonly addresses: Addresses;
};

export const registerAddressRoutes = (deps: AddressRoutesDeps): void => {
  const { http, network, registry, addresses } = deps;
  const toView = (status: AddressChangeStatus) => changeToView(network, status);

  http.route(routes.changeAddress, async ({ params: { owner_id }, body, reply }) => {
    const { old_wallet_signature: old, ...signed } = body;
    const verdict = await addresses.change({
      owner_id,
      ...signed,
      ...(old !== undefined && { old_wallet_signature: old }),
    });
    if (verdict.outcome === "refused") return refusalToProblem(verdict);
    return reply(verdict.outcome === "announced" ? 201 : 200, toView(verdict.status));
  });

  http.route(routes.cancelAddressChange, async ({ params: { owner_id }, body }) => {
    const verdict = await addresses.cancel({ owner_id, ...body });
    return verdict.outcome === "refused" ? refusalToProblem(verdict) : toView(verdict.status);
  });

  http.route(routes.listAddressChanges, async ({ params: { owner_id }, query }) => {
    if (registry.owner(owner_id) === null)
      return new ApiProblem("owners.unknown", `There is no owner ${owner_id}.`);
    return pageToView(await addresses.list(owner_id, query), toView);
  });
};

const refusalToProblem = ({ code, detail, errors }: Refusal): ApiProblem =>
  new ApiProblem(code, detail, errors === undefined ? {} : { errors });
