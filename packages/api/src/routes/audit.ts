import { Type } from "typebox";
import { defineRoute } from "../route.ts";
import { Epoch, hex, list, nullable, object, pageQuery, Sealed, Time } from "../schemas.ts";

const State = Type.Unknown({ description: "the thing as its own operation shows it, or null" });

const LineView = object(
  {
    id: Type.String({ description: "ascending in time" }),
    at: Time,
    operation: Type.String({ description: "operation id" }),
    subject: Type.String({ description: "which thing" }),
    principal: object({
      kind: Type.String(),
      id: Type.String(),
      roles: Type.Array(Type.String()),
    }),
    token_id: nullable(Type.String({ description: "of the token it was asked with" })),
    request_id: Type.String(),
    request: Type.Unknown({ description: "the body that was sent, or null" }),
    outcome: Type.String({
      description:
        "`done`, the code of the refusal, `failed` (something broke), `begun`, or `unknown` (the service stopped on the way)",
    }),
    before: State,
    after: State,
  },
  "One line of the audit trail. A leaf of its epoch's tree is the RFC 8785 form of exactly this object.",
);

const RootView = object({
  epoch: Epoch,
  count: Type.Integer({ description: "lines" }),
  root: hex(32, "RFC 6962 root over the epoch's lines in ascending id"),
  sealed: Sealed,
});

const readers = ["admin", "auditor"] as const;

export const auditRoutes = {
  listAudit: defineRoute({
    operationId: "listAudit",
    method: "GET",
    path: "/api/v1/audit",
    tag: "audit",
    summary: "Who changed what, when, and from what to what: newest first",
    roles: readers,
    query: object({
      ...pageQuery,
      principal_id: Type.Optional(Type.String({ maxLength: 200 })),
      operation: Type.Optional(Type.String({ maxLength: 64 })),
      subject: Type.Optional(Type.String({ maxLength: 200 })),
      epoch: Type.Optional(Epoch),
      from: Type.Optional(Time),
      to: Type.Optional(Time),
    }),
    response: { 200: list(LineView) },
    errors: [],
  }),
  getAuditRoot: defineRoute({
    operationId: "getAuditRoot",
    method: "GET",
    path: "/api/v1/audit/roots/:epoch",
    tag: "audit",
    summary: "What the log says about the audit trail of an epoch that is over",
    roles: readers,
    params: object({ epoch: Epoch }),
    response: { 200: RootView },
    errors: ["audit.no_root"],
  }),
};
