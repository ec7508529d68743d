import type { ResponseOf, Routes } from "@lucid/api";
import { queryClient } from "./service.ts";
import { clientOf, type Session } from "./session.ts";

type Node = ResponseOf<Routes["getNode"]>;
export type Standing = "active" | "suspended";

/**
 * Lets a node take part from the next slot on, or not; `words` become the code for the record. Throws ApiError when it is
 * refused.
 */
export const decideStanding = async (
  session: Session,
  { node_id }: Pick<Node, "node_id">,
  standing: Standing,
  words: string,
): Promise<Node> => {
  const reason = words.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
  const params = { node_id };
  const body = { standing, reason };
  const decided = await clientOf(session).call("changeStanding", { params, body });
  const old = new Set<unknown>(["getNetwork", "getNode", "getNodeStatus", "listNodes"]);
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => old.has(queryKey[0]) });
  return decided;
};
