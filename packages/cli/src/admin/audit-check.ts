import { exitCode, Failure } from "@lucid/agent";
import type { ResponseOf, Routes } from "@lucid/api";
import type { Client } from "@lucid/api/client";
import { auditLineHash, auditRootOf } from "@lucid/protocol";
import type { Log } from "@lucid/verify";

export type AuditLine = ResponseOf<Routes["listAudit"]>["items"][number];

/** The audit trail of an epoch as the service shows it now, held against what the log says about it. */
export type AuditCheck = {
  readonly epoch: number;
  readonly height: number;
  readonly shown: { readonly count: number; readonly root: string };
  readonly sealed: { readonly count: number; readonly root: string };
  readonly same: boolean;
};

const perPage = 100;

/** Recomputes the root of an epoch's lines and compares it with the record in the log. Throws a Failure while there is none. */
export const checkAudit = async (client: Client, log: Log, epoch: number): Promise<AuditCheck> => {
  const { sealed: place } = await client.call("getAuditRoot", { params: { epoch } });
  if (place === null || place.height >= log.checkpoint.size)
    throw new Failure("audit.not_sealed", `the root of epoch ${epoch} is not in the log yet`, {
      fix: "Ask again in a few slots",
      exit: exitCode.refused,
    });
  const sealed = await readSealed(log, place.height, epoch);
  const hashes = await readHashes(client, epoch);
  const shown = { count: hashes.length, root: auditRootOf(hashes) };
  const same = shown.count === sealed.count && shown.root === sealed.root;
  return { epoch, height: place.height, shown, sealed, same };
};

const readSealed = async (
  log: Log,
  height: number,
  epoch: number,
): Promise<{ count: number; root: string }> => {
  const { entry } = await log.entry(height);
  for (const { leaf } of await log.body(entry.header)) {
    const isRoot = leaf.kind === "record" && leaf.record === "audit_root";
    if (isRoot && leaf.data.epoch === epoch)
      return { count: leaf.data.count, root: leaf.data.root };
  }
  throw new Failure("audit.not_sealed", `block ${height} has no audit root of epoch ${epoch}`, {
    fix: "The service says that it stands there: keep its answer, and run lucid verify",
    exit: exitCode.finding,
  });
};

/** Of every line, in ascending id; the service lists the newest first. */
const readHashes = async (client: Client, epoch: number): Promise<Uint8Array[]> => {
  const lines: AuditLine[] = [];
  for (let page = 1; ; page += 1) {
    const query = { epoch, page, limit: perPage };
    const { items, pagination } = await client.call("listAudit", { query });
    lines.push(...items);
    if (!pagination.has_next) break;
  }
  return lines.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(auditLineHash);
};
