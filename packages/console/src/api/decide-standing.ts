import type { Node } from "../model/node.ts";
import { affectedSubjects } from "./affected.ts";
import { readAgain } from "./service.ts";
import { clientOf, type Session } from "./session.ts";

export type Standing = "active" | "suspended";

/**
 * Lets a node take part from the next slot on, or not, for a reason that is a code; its words may have spaces between
 * them. Throws ApiError when it is refused.
 */
export const decideStanding = async (
  session: Session,
  { node_id }: Pick<Node, "node_id">,
  standing: Standing,
  words: string,
): Promise<Node> => {
  const params = { node_id };
  const body = { standing, reason: words.replaceAll(" ", "_") };
  const decided = await clientOf(session).call("changeStanding", { params, body });
  await readAgain(affectedSubjects("node"));
  return decided;
};
