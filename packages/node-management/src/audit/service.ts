import type { Clock } from "@lucid/platform/clock";
import type { Documents } from "@lucid/platform/documents";
import type { Principal } from "@lucid/platform/http";
import type { Log } from "@lucid/platform/log";
import { compareAndSet } from "../shared/compare-and-set.ts";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import { type Page, findPage, type PageRequest } from "../shared/page.ts";
import { auditCollection, type AuditDocument } from "./documents.ts";
import { settlingMs } from "./rules.ts";
import { createTrail } from "./trail.ts";

/** A change that somebody asks for. */
export type Attempt = {
  readonly operation: string;
  readonly subject: string;
  readonly principal: Principal;
  readonly requestId: string;
  /** The body that was sent, and what the thing was before; undefined becomes null. */
  readonly request?: unknown;
  readonly before?: unknown;
};

/** How it ended: `done`, the code of a refusal, or `failed` when something broke. */
export type Ending = {
  readonly outcome: string;
  readonly after?: unknown;
  /** What the attempt is about, where only the answer tells. */
  readonly subject?: string | undefined;
};

export type AuditQuery = PageRequest & {
  readonly principalId?: string | undefined;
  readonly operation?: string | undefined;
  readonly subject?: string | undefined;
  /** Unix ms; `to` is not included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

export type Audit = {
  /**
   * Writes down that a change is tried. Nothing may be changed before. Throws when the store cannot take it, and
   * `store.slow` when it took so long that the epoch's root may be fixed before the change is over.
   */
  begin(attempt: Attempt): Promise<AuditDocument>;
  /** Completes the line. Never throws: the change has happened, and a line that says `begun` says that we do not know. */
  end(line: AuditDocument, ending: Ending): Promise<void>;
  list(query: AuditQuery): Promise<Page<AuditDocument>>;
};

export type AuditDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly randomBytes: (length: number) => Uint8Array;
};

/** The audit trail: who changed what, when, from what to what. Nothing in it is ever taken away. */
export const createAudit = (deps: AuditDeps): Audit => {
  const { documents, clock, log } = deps;
  const lines = documents.collection(auditCollection);
  const trail = createTrail({ ...deps, lines });
  return {
    begin: async ({ operation, subject, principal, requestId, request, before }) => {
      const startedMs = clock.now();
      const line = await trail.append({
        operation,
        subject,
        principal_kind: principal.kind,
        principal_id: principal.id,
        roles: [...principal.roles],
        token_id: principal.token?.id ?? null,
        request_id: requestId,
        outcome: "begun",
        request: toJson(request),
        before: toJson(before),
        after: null,
      });
      if (clock.now() - startedMs > settlingMs / 2)
        throw new Fault("store.slow", `${line.id} took too long to write: nothing was changed`);
      return line;
    },
    end: async ({ id, subject: known }, { outcome, after, subject = known }) => {
      try {
        const patch = { outcome, subject, after: toJson(after) };
        const ended = await compareAndSet(lines, id, patch, { outcome: "begun" });
        if (!ended.done) log.error({ line: id, outcome }, "too late for the audit trail");
      } catch (error) {
        log.error({ err: error, line: id, outcome }, "a line of the audit trail stays begun");
      }
    },
    list: async ({ principalId, operation, subject, from = 0, to = furthest, ...request }) => {
      const where = {
        ...(principalId !== undefined && { principal_id: principalId }),
        ...(operation !== undefined && { operation }),
        ...(subject !== undefined && { subject }),
        at: { gte: from, lt: to },
      };
      return findPage(lines, { where, sort: [["at", "desc"]] }, request);
    },
  };
};

const furthest = Number.MAX_SAFE_INTEGER;

const toJson = (value: unknown): string | null =>
  (value ?? null) === null ? null : JSON.stringify(value);
