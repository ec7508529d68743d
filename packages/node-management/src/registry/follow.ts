import type { Collection } from "@lucid/platform/documents";
import { createFollow, type Reached } from "../shared/follow.ts";
import type { Directory, DirectoryEntry } from "./directory.ts";
import { documentToChange, type NodeDocument, type StandingDocument } from "./documents.ts";
import type { Enrol } from "./enrol.ts";

export type FollowRegistryDeps = {
  readonly nodes: Collection<NodeDocument>;
  readonly standings: Collection<StandingDocument>;
  readonly directory: Directory;
  readonly complete: Enrol["complete"];
};

/** Takes what other replicas enrolled and decided into memory. */
export type FollowRegistry = {
  follow(reached: Reached): Promise<void>;
  /** Looks a node up that was enrolled elsewhere a moment ago. */
  load(nodeId: string): Promise<DirectoryEntry | null>;
  /** Takes every decision about a node into memory, so that the next one is made on top of it. */
  renew(entry: DirectoryEntry): Promise<void>;
};

export const createFollowRegistry = (
  { nodes, standings, directory, complete }: FollowRegistryDeps,
  from: Reached,
): FollowRegistry => {
  const followNodes = createFollow(nodes, "enrolled_at", from);
  const followStandings = createFollow(standings, "made_at", from);

  const know = (document: StandingDocument): void => {
    const { node_id, seq, sealed_slot } = document;
    const entry = directory.entries.get(node_id);
    if (entry === undefined) return;
    directory.decide(entry, documentToChange(document));
    if (sealed_slot !== null) directory.sealIn(node_id, [seq], sealed_slot);
  };
  const renew = async ({ nodeId }: DirectoryEntry): Promise<void> => {
    for (const document of await standings.find({ where: { node_id: nodeId } })) know(document);
  };

  return {
    renew,
    follow: async (reached) => {
      await followNodes(reached, async (document) => {
        if (!directory.entries.has(document.id)) await complete(document);
      });
      await followStandings(reached, know);
    },
    load: async (nodeId) => {
      const document = await nodes.get(nodeId);
      if (document === null) return null;
      await complete(document);
      const entry = directory.entries.get(nodeId) ?? null;
      if (entry !== null) await renew(entry);
      return entry;
    },
  };
};
