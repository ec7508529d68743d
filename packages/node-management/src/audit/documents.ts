import { defineCollection } from "@lucid/platform/documents";
import { type Static, Type } from "typebox";
import { sealedSlot } from "../shared/sealed.ts";

const orNull = Type.Union([Type.String(), Type.Null()]);

const AuditDocument = Type.Object({
  /** `<epoch, 8 digits>#<seq, 8 digits>` */
  id: Type.String(),
  epoch: Type.Integer(),
  /** Its number in its epoch, from 0; none is left out. */
  seq: Type.Integer(),
  /** Tells lines that want the same number apart. */
  nonce: Type.String(),
  at: Type.Integer(),
  operation: Type.String(),
  subject: Type.String(),
  principal_kind: Type.String(),
  principal_id: Type.String(),
  roles: Type.Array(Type.String()),
  token_id: orNull,
  request_id: Type.String(),
  outcome: Type.String(),
  /** JSON. */
  request: orNull,
  before: orNull,
  after: orNull,
});

/** One change, or the attempt at one: written before it is tried, completed when it is over. */
export type AuditDocument = Static<typeof AuditDocument>;

export const auditCollection = defineCollection({
  name: "audit",
  schema: AuditDocument,
  indexes: [
    ["at"],
    ["principal_id", "at"],
    ["operation", "at"],
    ["subject", "at"],
    ["principal_id", "operation", "at"],
    ["principal_id", "subject", "at"],
    ["operation", "subject", "at"],
    ["principal_id", "operation", "subject", "at"],
    ["outcome", "at"],
  ],
});

const AuditRootDocument = Type.Object({
  /** The epoch, in decimal. */
  id: Type.String(),
  epoch: Type.Integer(),
  count: Type.Integer(),
  root: Type.String(),
  at: Type.Integer(),
  sealed_slot: sealedSlot(),
});

/** What the lines of an epoch come to; no line of that epoch changes afterwards. */
export type AuditRootDocument = Static<typeof AuditRootDocument>;

export const auditRootCollection = defineCollection({
  name: "audit_roots",
  schema: AuditRootDocument,
  unique: [["epoch"]],
  indexes: [["sealed_slot", "epoch"]],
});
