import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { list, nullable, object, pageQuery, Reason, Time } from "../schemas.ts";

const Principal = object({
  kind: Type.String(),
  id: Type.String(),
  roles: Type.Array(Type.String()),
});

const Session = object({
  principal: Principal,
  expires_at: Time,
  csrf_token: nullable(
    Type.String({ description: "to be sent as x-csrf-token with every change; null with a token" }),
  ),
});

const Revocation = object({
  id: Type.String(),
  token_id: nullable(Type.String()),
  principal_id: nullable(Type.String()),
  reason: Type.String(),
  by: Type.String(),
  at: Time,
});

const everyone = ["node", "owner", "operator", "treasurer", "admin", "auditor", "service"] as const;

export const sessionRoutes = {
  openSession: defineRoute({
    operationId: "openSession",
    method: "POST",
    path: "/api/v1/auth/session",
    tag: "sign-in",
    summary: "Have a browser keep the token that this is asked with, out of reach of its pages",
    description:
      "The answer sets a cookie (HttpOnly, SameSite=Strict). A change that is asked for with the cookie needs `csrf_token` in the header `x-csrf-token`.",
    roles: everyone,
    audit: "none",
    response: { 201: Session },
    errors: [],
  }),
  getSession: defineRoute({
    operationId: "getSession",
    method: "GET",
    path: "/api/v1/auth/session",
    tag: "sign-in",
    summary: "Who the token or the cookie speaks for, and until when; null for nobody",
    roles: ["anyone"],
    response: { 200: object({ session: nullable(Session) }) },
    errors: [],
  }),
  closeSession: defineRoute({
    operationId: "closeSession",
    method: "DELETE",
    path: "/api/v1/auth/session",
    tag: "sign-in",
    summary: "Sign out: this token is worth nothing from now on, and the cookie goes",
    roles: everyone,
    audit: "none",
    response: { 200: Revocation },
    errors: [],
  }),
  createRevocation: defineRoute({
    operationId: "createRevocation",
    method: "POST",
    path: "/api/v1/auth/revocations",
    tag: "sign-in",
    summary: "Make one token worthless, or all that a principal was given until now",
    description: "Give either `token_id` or `principal_id`; every replica knows within seconds.",
    roles: ["admin"],
    audit: { subject: "id" },
    body: object({
      token_id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      principal_id: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      reason: Reason,
    }),
    response: { 201: Revocation },
    errors: [],
  }),
  listRevocations: defineRoute({
    operationId: "listRevocations",
    method: "GET",
    path: "/api/v1/auth/revocations",
    tag: "sign-in",
    summary: "What was revoked, newest first",
    roles: ["admin", "auditor"],
    query: object(pageQuery),
    response: { 200: list(Revocation) },
    errors: [],
  }),
};
