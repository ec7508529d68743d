import type { Seat } from "../records/types.ts";
import { splitByWeight } from "./split.ts";

/** The seat of a node that was sealed before the epoch's first slot. */
export type PoolSeat = { pool_id: string; consent: NonNullable<Seat["consent"]> };

/** What a node got before pools share, and whether it may share: valid, with credits. */
export type PoolMember = { node_id: string; seat: PoolSeat; shares: boolean };

/**
 * In each pool the members whose seat says `equal` split the sum of their own rewards (micro-USDT, after the cap per
 * node) again, with weight 1 over those of them that share: changes `rewards` in place, each pool's sum stays.
 * @param members nodes with a seat, each once, in any order
 */
export function shareInPools(rewards: Map<string, bigint>, members: readonly PoolMember[]): void {
  const equal = members.filter(({ seat }) => seat.consent === "equal");
  for (const pool of Map.groupBy(equal, ({ seat }) => seat.pool_id).values()) {
    const sum = pool.reduce((total, { node_id }) => total + (rewards.get(node_id) ?? 0n), 0n);
    const parts = pool
      .filter(({ shares }) => shares)
      .map(({ node_id }) => ({ id: node_id, weight: 1n }));
    for (const [id, amount] of splitByWeight(sum, parts)) rewards.set(id, amount);
  }
}
