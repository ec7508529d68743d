import { affectedSubjects } from "./affected.ts";
import { readAgain } from "./service.ts";
import { clientOf, type Session } from "./session.ts";

export const nodeActions = ["start", "stop", "restart"] as const;
type NodeAction = (typeof nodeActions)[number];

const operations = { start: "startNode", stop: "stopNode", restart: "restartNode" } as const;

/** Asks something of a node, as whoever is signed in. Throws ApiError when it is refused. */
export const askNode = async (
  session: Session,
  nodeId: string,
  action: NodeAction,
): Promise<void> => {
  const params = { node_id: nodeId };
  await clientOf(session).call(operations[action], { params, body: {} });
  await readAgain(affectedSubjects("command"));
};
