import { createClient } from "@lucid/api/client";
import { queryClient } from "./service.ts";

export const nodeActions = ["start", "stop", "restart"] as const;
export type NodeAction = (typeof nodeActions)[number];

const operations = { start: "startNode", stop: "stopNode", restart: "restartNode" } as const;

/** Asks something of a node, as whoever is signed in. Throws ApiError when it is refused. */
export const askNode = async (
  nodeId: string,
  action: NodeAction,
  csrfToken: string | null,
): Promise<void> => {
  const csrf = csrfToken === null ? {} : { csrfToken: () => csrfToken };
  const client = createClient({ baseUrl: location.origin, ...csrf });
  await client.call(operations[action], { params: { node_id: nodeId }, body: {} });
  await queryClient.invalidateQueries({ queryKey: ["listCommands"] });
};
