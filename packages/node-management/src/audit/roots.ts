import type { Clock } from "@lucid/platform/clock";
import type { Collection, Documents } from "@lucid/platform/documents";
import { auditLineHash, auditRootOf, epochOf, firstSlotOf, slotStart } from "@lucid/protocol";
import { compareAndSet } from "../shared/compare-and-set.ts";
import type { Network } from "../shared/network.ts";
import { scanById } from "../shared/scan.ts";
import { insertOrFind } from "../shared/written.ts";
import {
  auditCollection,
  type AuditDocument,
  auditRootCollection,
  type AuditRootDocument,
} from "./documents.ts";
import { lineIds, settlingMs } from "./rules.ts";
import { createTrail, type TrailDeps } from "./trail.ts";
import { documentToLine } from "./views.ts";

export type AuditRootsDeps = {
  readonly documents: Pick<Documents, "collection">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly randomBytes: TrailDeps["randomBytes"];
};

export type AuditRoots = {
  /** Fixes the root of every epoch that is over and has none, in order; each once, whoever does it. */
  fixDue(signal: AbortSignal): Promise<void>;
  get(epoch: number): Promise<AuditRootDocument | null>;
};

/** What the audit trail of each epoch comes to, for the log: afterwards no line of it can change unnoticed. */
export const createAuditRoots = (deps: AuditRootsDeps): AuditRoots => {
  const { documents, network, clock } = deps;
  const lines = documents.collection(auditCollection);
  const trail = createTrail({ ...deps, lines });
  const roots = documents.collection(auditRootCollection);
  const { genesis } = network;

  const nextEpoch = async (): Promise<number> => {
    const [last] = await roots.find({ sort: [["epoch", "desc"]], limit: 1 });
    return last === undefined ? epochOf(genesis, genesis.first_slot) : last.epoch + 1;
  };

  return {
    get: (epoch) => roots.get(String(epoch)),
    fixDue: async (signal) => {
      for (let epoch = await nextEpoch(); !signal.aborted; epoch += 1) {
        const range = epochRange(network, epoch);
        const at = clock.now();
        if (at < range.lt + settlingMs) return;
        const count = await trail.end(epoch);
        await settleBegun(lines, range);
        const hashes = await lineHashes(lines, lineIds(epoch, count));
        const root = auditRootOf(hashes);
        const document = { epoch, count: hashes.length, root, at, sealed_slot: null };
        await insertOrFind(roots, { id: String(epoch), ...document });
      }
    },
  };
};

/** The moments of an epoch (Unix ms). */
export const epochRange = ({ genesis }: Network, epoch: number): { gte: number; lt: number } => ({
  gte: slotStart(genesis, firstSlotOf(genesis, epoch)),
  lt: slotStart(genesis, firstSlotOf(genesis, epoch + 1)),
});

/** Whoever wrote these lines did not live to say how it ended, or is too late to. */
const settleBegun = async (
  lines: Collection<AuditDocument>,
  at: { gte: number; lt: number },
): Promise<void> => {
  for (const { id } of await lines.find({ where: { outcome: "begun", at } }))
    await compareAndSet(lines, id, { outcome: "unknown" }, { outcome: "begun" });
};

const lineHashes = async (
  lines: Collection<AuditDocument>,
  range: { gte: string; lt: string },
): Promise<Uint8Array[]> => {
  const hashes: Uint8Array[] = [];
  await scanById(lines, (line) => void hashes.push(auditLineHash(documentToLine(line))), range);
  return hashes;
};
