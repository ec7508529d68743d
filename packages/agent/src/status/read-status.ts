import type { ResponseOf, Routes } from "@lucid/api";
import type { Client } from "@lucid/api/client";
import type { Membership } from "../folder/index.ts";

export type NodeReport = {
  readonly node: ResponseOf<Routes["getNodeStatus"]>;
  readonly standing_reason: string;
  readonly poot: ResponseOf<Routes["getPoot"]>;
  readonly owner: ResponseOf<Routes["getOwner"]>;
  readonly threshold: ResponseOf<Routes["getPayoutThreshold"]>;
  readonly network_id: string;
  readonly service: string;
};

/** Everything `lucid node status` shows, from public answers of the service. */
export const readStatus = async (
  client: Client,
  nodeId: string,
  { ownerId, networkId, service }: Membership,
): Promise<NodeReport> => {
  const params = { node_id: nodeId };
  const [node, { standing_reason }, poot, owner, threshold] = await Promise.all([
    client.call("getNodeStatus", { params }),
    client.call("getNode", { params }),
    client.call("getPoot", { params }),
    client.call("getOwner", { params: { owner_id: ownerId } }),
    client.call("getPayoutThreshold"),
  ]);
  return { node, standing_reason, poot, owner, threshold, network_id: networkId, service };
};
