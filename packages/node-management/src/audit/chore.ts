import type { ChoreDefinition } from "@lucid/platform/chores";
import type { Network } from "../shared/network.ts";
import type { AuditRoots } from "./roots.ts";

/** Fixes roots of the audit trail as epochs end. */
export const createAuditChore = ({
  auditRoots,
  network,
}: {
  auditRoots: Pick<AuditRoots, "fixDue">;
  network: Network;
}): ChoreDefinition => ({
  name: "audit",
  lease: true,
  timeoutMs: 60_000,
  due: (afterMs) => afterMs + network.genesis.slot_ms,
  run: (signal) => auditRoots.fixDue(signal),
});
