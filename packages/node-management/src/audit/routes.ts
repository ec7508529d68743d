import { routes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import type { Network } from "../shared/network.ts";
import { pageToView } from "../shared/page.ts";
import { toSealed } from "../shared/view.ts";
import { type AuditRoots, epochRange } from "./roots.ts";
import type { Audit } from "./service.ts";
import { documentToLine } from "./views.ts";

export type AuditRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly audit: Pick<Audit, "list">;
  readonly auditRoots: Pick<AuditRoots, "get">;
  readonly network: Network;
};

const all = { gte: 0, lt: Number.MAX_SAFE_INTEGER };

export const registerAuditRoutes = ({
  http,
  audit,
  auditRoots,
  network,
}: AuditRoutesDeps): void => {
  http.route(routes.listAudit, async ({ query: { principal_id, epoch, from, to, ...request } }) => {
    const range = epoch === undefined ? all : epochRange(network, epoch);
    const moments = {
      from: Math.max(range.gte, from === undefined ? all.gte : Date.parse(from)),
      to: Math.min(range.lt, to === undefined ? all.lt : Date.parse(to)),
    };
    const page = await audit.list({ ...request, principalId: principal_id, ...moments });
    return pageToView(page, documentToLine);
  });

  http.route(routes.getAuditRoot, async ({ params: { epoch } }) => {
    const found = await auditRoots.get(epoch);
    if (found === null)
      return new ApiProblem("audit.no_root", `The audit trail of epoch ${epoch} has no root yet.`);
    const { count, root, sealed_slot } = found;
    return { epoch, count, root, sealed: toSealed(network.genesis, sealed_slot) };
  });
};
