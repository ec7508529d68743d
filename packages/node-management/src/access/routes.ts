import { routes } from "@lucid/api";
import { ApiProblem, type Http, wantOneOf } from "@lucid/platform/http";
import type { Network } from "../shared/network.ts";
import { toIso } from "../shared/view.ts";
import type { Access } from "./service.ts";

export type AccessRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly access: Access;
  readonly network: Network;
};

export const registerAccessRoutes = ({ http, access, network }: AccessRoutesDeps): void => {
  http.route(routes.createChallenge, ({ reply }) => {
    const { challenge, expiresAt } = access.challenge();
    return reply(201, { challenge, expires_at: expiresAt, network_id: network.networkId });
  });

  http.route(routes.createToken, async ({ body, reply }) => {
    if ((body.public_key === undefined) === (body.address === undefined))
      return wantOneOf("/public_key", "/address");
    const verdict = await access.signIn({
      challenge: body.challenge,
      expiresAt: body.expires_at,
      publicKey: body.public_key,
      address: body.address,
      signature: body.signature,
    });
    if (verdict.outcome === "refused") return new ApiProblem(verdict.code, verdict.detail);
    const { kind, id, roles } = verdict.principal;
    return reply(201, {
      token: verdict.token,
      expires_at: toIso(verdict.expiresAtMs),
      principal: { kind, id, roles: [...roles] },
    });
  });
};
