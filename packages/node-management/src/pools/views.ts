import type { Genesis } from "@lucid/protocol";
import type { NodeStatus, Registry } from "../registry/index.ts";
import { toIso, toSealed } from "../shared/view.ts";
import type { PoolDocument, SeatDocument } from "./documents.ts";
import type { PoolHealth } from "./health.ts";
import { degradedBelowBp, type PoolStatus } from "./rules.ts";

const healthToFields = ({ status, members, online, onlineBp }: PoolHealth) => ({
  status,
  members: members.length,
  online,
  online_bp: onlineBp,
});

export const poolToView = (pool: PoolDocument, health: PoolHealth) => ({
  pool_id: pool.id,
  name: pool.name,
  reward_method: pool.reward_method,
  placement: pool.placement,
  max_nodes: pool.max_nodes,
  ...healthToFields(health),
  created_at: toIso(pool.created_at),
});

export const healthToView = (pool: PoolDocument, health: PoolHealth) => ({
  pool_id: pool.id,
  why: why(health),
  max_nodes: pool.max_nodes,
  ...healthToFields(health),
  not_online: health.notOnline.map(({ nodeId, status }) => ({ node_id: nodeId, status })),
});

const why = ({ status, members, online }: PoolHealth): string =>
  members.length === 0 && status === "active"
    ? "Nobody has joined yet."
    : words[status](members.length, online);

const words: Record<PoolStatus, (members: number, online: number) => string> = {
  active: (members, online) => `${online} of ${members} members are online.`,
  degraded: (members, online) =>
    `Only ${online} of ${members} members are online, which is less than ${degradedBelowBp / 100} %.`,
  draining: (members) => `Nobody joins any more; ${members} members are left.`,
  disbanded: () => "The pool is disbanded for good.",
};

export type MemberViewDeps = {
  readonly genesis: Genesis;
  readonly registry: Pick<Registry, "node">;
  readonly statusOf: (nodeId: string) => { readonly status: NodeStatus };
};

/** A member. A seat that was just left is shown as it was. */
export const createMemberToView =
  ({ genesis, registry, statusOf }: MemberViewDeps) =>
  (seat: SeatDocument, sealedSlot: number | null) => ({
    pool_id: seat.pool_id,
    seat: seat.seat,
    node_id: seat.node_id,
    owner_id: registry.node(seat.node_id)?.ownerId ?? null,
    status: statusOf(seat.node_id).status,
    consent: seat.consent ?? "work_credits",
    changed_at: toIso(seat.changed_at),
    sealed: toSealed(genesis, sealedSlot),
  });
