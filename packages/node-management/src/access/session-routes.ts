import { routes } from "@lucid/api";
import type { Clock } from "@lucid/platform/clock";
import {
  ApiProblem,
  type Credential,
  csrfTokenOf,
  type Http,
  type Principal,
  sessionCookie,
  wantOneOf,
} from "@lucid/platform/http";
import { pageToView } from "../shared/page.ts";
import { toIso } from "../shared/view.ts";
import type { RevocationDocument } from "./documents.ts";
import type { Revocations } from "./revocations.ts";

export type SessionRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly revocations: Pick<Revocations, "revoke" | "list">;
  readonly clock: Pick<Clock, "now">;
};

/** A browser's session, and tokens that end before their time. */
export const registerSessionRoutes = ({ http, revocations, clock }: SessionRoutesDeps): void => {
  http.route(routes.openSession, ({ principal, credential, isSecure, reply }) => {
    if (credential === null) return withoutToken();
    const lastsMs = (principal.token?.expiresAtMs ?? 0) - clock.now();
    const maxAgeS = Math.max(0, Math.floor(lastsMs / 1000));
    const cookie = sessionCookie(credential.token, { isSecure, maxAgeS });
    const view = sessionToView(principal, { token: credential.token, from: "cookie" });
    return reply(201, view, { "set-cookie": cookie });
  });

  http.route(routes.getSession, ({ principal, credential }) => ({
    session:
      principal === null || credential === null ? null : sessionToView(principal, credential),
  }));

  http.route(routes.closeSession, async ({ principal, isSecure, reply }) => {
    if (principal.token === undefined) return withoutToken();
    const { id: tokenId, expiresAtMs } = principal.token;
    const revocation = await revocations.revoke({
      tokenId,
      expiresAtMs,
      by: principal.id,
      reason: "signed out",
    });
    const cookie = sessionCookie(null, { isSecure, maxAgeS: 0 });
    return reply(200, revocationToView(revocation), { "set-cookie": cookie });
  });

  http.route(routes.createRevocation, async ({ body, principal, reply }) => {
    const { token_id, principal_id, reason } = body;
    const by = principal.id;
    if (token_id !== undefined && principal_id === undefined)
      return reply(
        201,
        revocationToView(await revocations.revoke({ tokenId: token_id, by, reason })),
      );
    if (principal_id !== undefined && token_id === undefined)
      return reply(
        201,
        revocationToView(await revocations.revoke({ principalId: principal_id, by, reason })),
      );
    return wantOneOf("/token_id", "/principal_id");
  });

  http.route(routes.listRevocations, async ({ query }) =>
    pageToView(await revocations.list(query), revocationToView),
  );
};

const withoutToken = (): ApiProblem =>
  new ApiProblem("access.unauthenticated", "This is about a token: send one.");

const sessionToView = ({ kind, id, roles, token }: Principal, credential: Credential) => ({
  principal: { kind, id, roles: [...roles] },
  expires_at: toIso(token?.expiresAtMs ?? 0),
  csrf_token: credential.from === "cookie" ? csrfTokenOf(credential.token) : null,
});

const revocationToView = (revocation: RevocationDocument) => {
  const { id, token_id, principal_id, reason, by, at } = revocation;
  return { id, token_id, principal_id, reason, by, at: toIso(at) };
};
