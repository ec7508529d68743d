import { ApiProblem } from "@lucid/platform/http";

/** Finds a node by its id; null for an unknown one. */
export type FindNode = (nodeId: string) => Promise<object | null>;

/** The answer about a node, or that there is no such node. */
export const createAboutNode =
  ({ find }: { readonly find: FindNode }) =>
  async <T>(nodeId: string, answer: () => T): Promise<Awaited<T> | ApiProblem> =>
    (await find(nodeId)) === null
      ? new ApiProblem("nodes.unknown", `No node has the id ${nodeId}.`)
      : await answer();
