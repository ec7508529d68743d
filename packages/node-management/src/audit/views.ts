import type { ResponseOf, Routes } from "@lucid/api";
import { toIso } from "../shared/view.ts";
import type { AuditDocument } from "./documents.ts";

export type AuditLine = ResponseOf<Routes["listAudit"]>["items"][number];

const parse = (json: string | null): unknown => (json === null ? null : JSON.parse(json));

/** A line as everybody who may read it sees it: what is hashed into its epoch's root. */
export const documentToLine = (document: AuditDocument): AuditLine => ({
  id: document.id,
  at: toIso(document.at),
  operation: document.operation,
  subject: document.subject,
  principal: {
    kind: document.principal_kind,
    id: document.principal_id,
    roles: document.roles,
  },
  token_id: document.token_id,
  request_id: document.request_id,
  request: parse(document.request),
  outcome: document.outcome,
  before: parse(document.before),
  after: parse(document.after),
});
