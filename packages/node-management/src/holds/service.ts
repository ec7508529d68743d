import type { Documents } from "@lucid/platform/documents";
import { findPage } from "../shared/page.ts";
import type { Holds, HoldsContext, HoldVerdict } from "./contract.ts";
import { releaseHold, upholdHold } from "./decide.ts";
import { holdCollection } from "./documents.ts";
import { takeForfeits } from "./forfeit.ts";
import { putHold, readAll } from "./put.ts";
import { holdToWords } from "./words.ts";

export type HoldsDeps = Omit<HoldsContext, "holds"> & {
  readonly documents: Pick<Documents, "collection">;
};

/** Holds are gates, not entries: rewards accrue and payouts wait until people release or uphold them. */
export const createHolds = ({ documents, ...deps }: HoldsDeps): Holds => {
  const holds = documents.collection(holdCollection);
  const context: HoldsContext = { ...deps, holds };
  const announce = (verdict: HoldVerdict): HoldVerdict => {
    if (verdict.outcome !== "taken") return verdict;
    const { id: hold_id, owner_id, state } = verdict.hold;
    deps.events.publish({ type: "hold", hold_id, owner_id, state });
    return verdict;
  };
  return {
    put: async (request) => announce(await putHold(context, request)),
    release: async (request) => announce(await releaseHold(context, request)),
    uphold: async (request) => announce(await upholdHold(context, request)),
    explain: async (ownerId) => {
      const found = await holds.find({ where: { owner_id: ownerId, is_shut: true } });
      return found.length === 0 ? null : found.map(holdToWords).join(" Also ");
    },
    takeForfeits: () => takeForfeits(context),
    get: (holdId) => holds.get(holdId),
    list: async (request, { ownerId, state } = {}) => {
      const where = {
        ...(ownerId !== undefined && { owner_id: ownerId }),
        ...(state !== undefined && { state }),
      };
      return findPage(holds, { where, sort: [["held_at", "desc"]] }, request);
    },
    ofOwner: (ownerId) => readAll(context, ownerId),
  };
};
