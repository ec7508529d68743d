import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { slotAt, slotStart } from "@lucid/protocol";
import type { Registry } from "../registry/index.ts";
import { createAboutNode } from "../shared/about-node.ts";
import type { Network } from "../shared/network.ts";
import { pageToView } from "../shared/page.ts";
import { toIso, toSealed } from "../shared/view.ts";
import type { MaintenanceService } from "./contract.ts";
import type { MaintenanceDocument } from "./documents.ts";
import { spanOf, stateOf } from "./rules.ts";

export type MaintenanceRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly maintenance: Pick<MaintenanceService, "announce" | "list">;
  readonly registry: Pick<Registry, "find">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
};

export const registerMaintenanceRoutes = (deps: MaintenanceRoutesDeps): void => {
  const { http, maintenance, registry, network, clock } = deps;
  const { genesis } = network;
  const about = createAboutNode(registry);

  const toView = (document: MaintenanceDocument) => ({
    node_id: document.node_id,
    from_slot: document.from_slot,
    to_slot: document.to_slot,
    from: toIso(slotStart(genesis, document.from_slot)),
    to: toIso(slotStart(genesis, document.to_slot)),
    state: stateOf(document, slotAt(genesis, clock.now())),
    announced_at: toIso(document.announced_at),
    sealed: toSealed(genesis, document.sealed_slot),
  });

  http.route(routes.announceMaintenance, async ({ params: { node_id }, body, reply }) => {
    const span = spanOf(
      genesis,
      { slot: body.from_slot, at: body.from },
      { slot: body.to_slot, at: body.to },
    );
    if (typeof span === "string") return new ApiProblem("maintenance.span", span);
    const verdict = await maintenance.announce(node_id, span);
    if (verdict.outcome === "refused") return new ApiProblem(verdict.code, verdict.detail);
    return reply(verdict.outcome === "announced" ? 201 : 200, toView(verdict.maintenance));
  });

  http.route(routes.listMaintenance, ({ params: { node_id }, query }) =>
    about(node_id, async () => pageToView(await maintenance.list(node_id, query), toView)),
  );
};
