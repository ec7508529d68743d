import { type BlockHeader, type BlockNetwork, slotAt } from "@lucid/protocol";

/** How many slots could be sealed at a moment, their windows having closed, and have no block. */
export const lagOf = (
  { genesis }: BlockNetwork,
  latest: Pick<BlockHeader, "slot"> | null,
  nowMs: number,
): number => {
  const sealable = slotAt(genesis, nowMs - genesis.grace_ms) - 1;
  return Math.max(0, sealable - (latest?.slot ?? genesis.first_slot - 1));
};
