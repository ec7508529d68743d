import { type RequestOf, type Routes, routes } from "@lucid/api";
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
    const what = revokedBy(body);
    if (what === null) return wantOneOf("/token_id", "/principal_id");
    const revocation = await revocations.revoke({
      ...what,
      by: principal.id,
      reason: body.reason,
    });
    return reply(201, revocationToView(revocation));
  });

  http.route(routes.listRevocations, async ({ query }) =>
    pageToView(await revocations.list(query), revocationToView),
  );
};

/** One token, or all of a principal; null for neither and for both. */
const revokedBy = ({ token_id, principal_id }: RequestOf<Routes["createRevocation"]>["body"]) => {
  if (token_id !== undefined && principal_id === undefined) return { tokenId: token_id };
  if (principal_id !== undefined && token_id === undefined) return { principalId: principal_id };
  return null;
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
