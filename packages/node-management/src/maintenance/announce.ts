import type { Clock } from "@lucid/platform/clock";
import { type SlotSpan, slotAt } from "@lucid/protocol";
import type { Registry } from "../registry/index.ts";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import { insertOrFind } from "../shared/written.ts";
import type { AnnounceVerdict } from "./contract.ts";
import type { MaintenanceCollection } from "./documents.ts";
import { judgeSpan } from "./rules.ts";

export type AnnounceDeps = {
  readonly collection: MaintenanceCollection;
  readonly registry: Pick<Registry, "find" | "standingAt">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
};

const attempts = 5;

/** One insert under the node's next number is the decision: it was judged against all numbers before it. */
export const createAnnounce =
  (deps: AnnounceDeps) =>
  async (nodeId: string, span: SlotSpan): Promise<AnnounceVerdict> => {
    const refusal = await refusalOf(deps, nodeId);
    if (refusal !== null) return refusal;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const verdict = await announceOnce(deps, nodeId, span);
      if (verdict !== null) return verdict;
    }
    throw new Fault("maintenance.contention", `others kept announcing for ${nodeId}`);
  };

const refusalOf = async (
  { registry, network, clock }: AnnounceDeps,
  nodeId: string,
): Promise<AnnounceVerdict | null> => {
  if ((await registry.find(nodeId)) === null)
    return { outcome: "refused", code: "nodes.unknown", detail: `No node has the id ${nodeId}.` };
  const standing = registry.standingAt(nodeId, slotAt(network.genesis, clock.now()));
  const detail = `${nodeId} is retired: nothing counts against it any more.`;
  return standing === "retired" ? { outcome: "refused", code: "nodes.standing", detail } : null;
};

/** null when another one took the number. */
const announceOnce = async (
  { collection, network: { genesis }, clock }: AnnounceDeps,
  nodeId: string,
  span: SlotSpan,
): Promise<AnnounceVerdict | null> => {
  const nowMs = clock.now();
  const announced = await collection.find({
    where: { node_id: nodeId },
    sort: [["seq", "desc"]],
  });
  const same = announced.find(
    ({ from_slot, to_slot }) => from_slot === span.from_slot && to_slot === span.to_slot,
  );
  if (same !== undefined) return { outcome: "found", maintenance: same };
  const refusal = judgeSpan(genesis, announced, span, slotAt(genesis, nowMs));
  if (refusal !== null) return { outcome: "refused", ...refusal };
  const seq = (announced[0]?.seq ?? -1) + 1;
  const { inserted, stored } = await insertOrFind(collection, {
    id: `${nodeId}#${seq}`,
    node_id: nodeId,
    seq,
    ...span,
    announced_at: nowMs,
    sealed_slot: null,
  });
  return inserted ? { outcome: "announced", maintenance: stored } : null;
};
