import type { ResponseOf, Routes } from "@lucid/api";
import type { Client } from "@lucid/api/client";
import type { SignedCheckpoint } from "@lucid/protocol";
import type { Membership } from "../folder/index.ts";
import type { LogAlarm, LogFiles } from "../log/index.ts";

export type NodeReport = {
  readonly node: ResponseOf<Routes["getNodeStatus"]>;
  readonly standing_reason: string;
  readonly poot: ResponseOf<Routes["getPoot"]>;
  readonly owner: ResponseOf<Routes["getOwner"]>;
  readonly threshold: ResponseOf<Routes["getPayoutThreshold"]>;
  /** What this node itself remembers of the public log, and the evidence against it. */
  readonly log: { readonly largest: SignedCheckpoint | null; readonly alarms: readonly LogAlarm[] };
  readonly network_id: string;
  readonly service: string;
};

/** Everything `lucid node status` shows: public answers of the service, and what the node's folder holds. */
export const readStatus = async (
  { client, files }: { client: Client; files: Pick<LogFiles, "readCheckpoint" | "readEvidence"> },
  nodeId: string,
  { ownerId, networkId, service }: Membership,
): Promise<NodeReport> => {
  const params = { node_id: nodeId };
  const [node, { standing_reason }, poot, owner, threshold, largest, alarms] = await Promise.all([
    client.call("getNodeStatus", { params }),
    client.call("getNode", { params }),
    client.call("getPoot", { params }),
    client.call("getOwner", { params: { owner_id: ownerId } }),
    client.call("getPayoutThreshold"),
    files.readCheckpoint(),
    files.readEvidence(),
  ]);
  const log = { largest, alarms };
  return { node, standing_reason, poot, owner, threshold, log, network_id: networkId, service };
};
