import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { slotAt } from "@lucid/protocol";
import type { Network } from "../shared/network.ts";
import { pageToView } from "../shared/page.ts";
import { toIso } from "../shared/view.ts";
import type { Policies, StoredPolicy } from "./contract.ts";

export type PolicyRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly policies: Policies;
  readonly network: Network;
  readonly clock: Clock;
};

export const registerPolicyRoutes = ({
  http,
  policies,
  network: { genesis },
  clock,
}: PolicyRoutesDeps): void => {
  const toView = (stored: StoredPolicy) => ({
    version: stored.version,
    from_epoch: stored.policy.from_epoch,
    policy_hash: stored.policyHash,
    in_force: policies.forSlot(slotAt(genesis, clock.now())).version === stored.version,
    made_at: toIso(stored.madeAtMs),
    made_by: stored.madeBy,
    policy: stored.policy,
  });
  http.route(routes.listPolicies, ({ query }) => pageToView(policies.list(query), toView));

  http.route(routes.createPolicy, async ({ body, principal, reply }) => {
    const verdict = await policies.announce(body.policy, principal.id);
    if (verdict.outcome === "refused") return new ApiProblem(verdict.code, verdict.detail);
    return reply(verdict.outcome === "announced" ? 201 : 200, toView(verdict.stored));
  });
};
