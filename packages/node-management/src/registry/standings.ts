import type { Clock } from "@lucid/platform/clock";
import type { Collection } from "@lucid/platform/documents";
import { slotAt } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import { insertOrFind } from "../shared/written.ts";
import type { Refusal, Standing, StandingChange } from "./contract.ts";
import type { Directory, DirectoryEntry } from "./directory.ts";
import { documentToChange, standingId, type StandingDocument } from "./documents.ts";
import { standingRefusal } from "./rules.ts";

export type WantedStanding = {
  readonly standing: Exclude<Standing, "pending">;
  readonly reason: string;
  readonly by: StandingChange["by"];
};

export type StandingsDeps = {
  readonly collection: Collection<StandingDocument>;
  readonly directory: Directory;
  readonly network: Network;
  readonly clock: Clock;
};

export type Decide = (
  entry: DirectoryEntry,
  wanted: WantedStanding,
) => Promise<"changed" | "unchanged" | Refusal>;

const attempts = 5;

/** Decides about standings: one insert is one decision; whoever was faster is read and the question asked anew. */
export const createDecide = ({ collection, directory, network, clock }: StandingsDeps): Decide => {
  const documentFor = (entry: DirectoryEntry, wanted: WantedStanding): StandingDocument => {
    const { nodeId } = entry;
    const seq = entry.changes.length;
    const atMs = clock.now();
    return {
      id: standingId(nodeId, seq),
      node_id: nodeId,
      seq,
      standing: wanted.standing,
      reason: wanted.reason,
      by: wanted.by,
      made_in_slot: slotAt(network.genesis, atMs),
      made_at: atMs,
      sealed_slot: null,
    };
  };

  return async (entry, wanted) => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const latest = entry.changes.at(-1)?.standing ?? "pending";
      if (latest === wanted.standing) return "unchanged";
      const refusal = standingRefusal(latest, wanted.standing);
      if (refusal !== null) return refusal;
      const { inserted, stored } = await insertOrFind(collection, documentFor(entry, wanted));
      directory.decide(entry, documentToChange(stored));
      if (inserted) return "changed";
    }
    throw new Fault(
      "registry.contention",
      `standing of ${entry.nodeId}: others kept deciding at the same time`,
    );
  };
};
