import type { Clock } from "@lucid/platform/clock";
import { toIso, toIsoOrNull } from "../shared/view.ts";
import type { RegisteredNode, Registry, Standing } from "./contract.ts";
import type { Liveness, NodeStatus, StatusOf } from "./status.ts";

export type NodeViewsDeps = {
  readonly registry: Registry;
  readonly liveness: Liveness;
  readonly statusOf: StatusOf;
  readonly clock: Clock;
};

export const createNodeViews = ({ registry, liveness, statusOf, clock }: NodeViewsDeps) => ({
  nodeToView: (node: RegisteredNode) => {
    const { standing, status } = statusOf(node.nodeId);
    const latest = registry.latestChange(node.nodeId);
    const recent = liveness.recent(node.nodeId);
    return {
      node_id: node.nodeId,
      owner_id: node.ownerId,
      address: registry.owner(node.ownerId)?.address ?? "",
      public_key: node.publicKey,
      standing,
      standing_reason: latest?.reason ?? "waits_for_approval",
      standing_from_slot: latest === null ? 0 : latest.sealed_slot + 1,
      status,
      last_beacon_slot: recent.lastSlot,
      last_beacon_at: toIsoOrNull(recent.lastAtMs),
      agent_version: recent.agentVersion,
      enrolled_at: toIso(node.enrolledAtMs),
    };
  },
  statusToView: (node: RegisteredNode) => {
    const { standing, status } = statusOf(node.nodeId);
    const recent = liveness.recent(node.nodeId);
    const { epoch, eligible, present } = liveness.progress(node.nodeId);
    return {
      node_id: node.nodeId,
      standing,
      status,
      why: why(standing, status, registry.latestChange(node.nodeId)?.standing ?? "pending", recent),
      epoch,
      committed: recent.committed,
      last_beacon_slot: recent.lastSlot,
      last_beacon_at: toIsoOrNull(recent.lastAtMs),
      eligible,
      present,
      uptime_bp: eligible === 0 ? null : Math.floor((10_000 * present) / eligible),
      server_time: toIso(clock.now()),
    };
  },
});

const why = (
  standing: Standing,
  status: NodeStatus,
  next: Standing,
  recent: { lastSlot: number | null; committed: boolean },
): string => {
  if (standing !== next) return `The node is ${standing}; from the next slot on it is ${next}.`;
  return status === "offline" ? offline(recent) : sentences[status];
};

const sentences: Record<Exclude<NodeStatus, "offline">, string> = {
  pending: "The node waits for an operator's approval.",
  suspended: "The node is suspended: its beacons are refused until an operator reinstates it.",
  retired: "The node is retired for good; what it earned stays payable.",
  online: "Beacons arrive.",
  maintenance: "Announced maintenance: slots without a beacon do not count against the node.",
};

const offline = ({
  lastSlot,
  committed,
}: {
  lastSlot: number | null;
  committed: boolean;
}): string => {
  if (lastSlot === null && !committed)
    return "No beacon has arrived yet, and no commitment for this epoch: start the agent with `lucid node run`.";
  return "No beacon arrived in the last 3 closed slots: check that the agent runs and reaches this service.";
};
