import type { Clock } from "@lucid/platform/clock";
import { commandId, slotAt } from "@lucid/protocol";
import type { Registry } from "../registry/index.ts";
import { Fault } from "../shared/fault.ts";
import type { Network } from "../shared/network.ts";
import { insertOrFind } from "../shared/written.ts";
import type { QueueVerdict, WantedCommand } from "./contract.ts";
import type { CommandCollection, CommandDocument } from "./documents.ts";
import { isOpen } from "./rules.ts";
import type { SignCommand } from "./signing.ts";

export type QueueDeps = {
  readonly collection: CommandCollection;
  readonly registry: Pick<Registry, "find" | "standingAt">;
  readonly network: Network;
  readonly clock: Pick<Clock, "now">;
  readonly sign: SignCommand;
};

const attempts = 5;

/** One insert under the node's next number is the decision; whoever was faster is looked at, and the question asked anew. */
export const createQueue =
  (deps: QueueDeps) =>
  async (wanted: WantedCommand): Promise<QueueVerdict> => {
    const refusal = await refusalOf(deps, wanted.nodeId);
    if (refusal !== null) return refusal;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const verdict = await queueOnce(deps, wanted);
      if (verdict !== null) return verdict;
    }
    throw new Fault("commands.contention", `others kept asking things of ${wanted.nodeId}`);
  };

const refusalOf = async (
  { registry, network, clock }: QueueDeps,
  nodeId: string,
): Promise<QueueVerdict | null> => {
  if ((await registry.find(nodeId)) === null)
    return { outcome: "refused", code: "nodes.unknown", detail: `No node has the id ${nodeId}.` };
  const standing = registry.standingAt(nodeId, slotAt(network.genesis, clock.now()));
  if (standing === "active") return null;
  const detail = `${nodeId} is ${standing}: it asks for nothing, so that no command reaches it.`;
  return { outcome: "refused", code: "nodes.not_active", detail };
};

/** null when another one took the number. */
const queueOnce = async (
  { collection, clock, sign }: QueueDeps,
  { nodeId, action, expiresInMs }: WantedCommand,
): Promise<QueueVerdict | null> => {
  const nowMs = clock.now();
  const [latest] = await collection.find({
    where: { node_id: nodeId },
    sort: [["number", "desc"]],
    limit: 1,
  });
  if (latest !== undefined && latest.action === action && isOpen(latest, nowMs))
    return { outcome: "found", command: latest };
  // By the clock, so that a store that was put back does not count anew what nodes have run already.
  const number = Math.max(nowMs, (latest?.number ?? -1) + 1);
  const id = commandId(nodeId, number);
  const expires_at = nowMs + expiresInMs;
  const signed = sign({ id, node_id: nodeId, action, expires_at });
  if ("problem" in signed)
    return { outcome: "refused", code: "commands.no_key", detail: signed.problem };
  const document: CommandDocument = {
    id,
    node_id: nodeId,
    number,
    action,
    state: "queued",
    queued_at: nowMs,
    expires_at,
    ...signed,
  };
  const { inserted, stored } = await insertOrFind(collection, document);
  return inserted ? { outcome: "queued", command: stored } : null;
};
