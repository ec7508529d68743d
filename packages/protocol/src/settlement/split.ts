/** One party of a split; weights are not negative. */
export type WeightedPart = { id: string; weight: bigint };

/**
 * Splits a budget (integer micro-USDT) by weight: `floor(budget·w/W)` each, then the leftover micro-USDT one by one
 * by remainder descending, on a tie by ascending id. The parts sum to the budget, or to 0 when W is 0.
 * @param parts with distinct ids, in any order
 */
export function splitByWeight(budget: bigint, parts: readonly WeightedPart[]): Map<string, bigint> {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0n);
  if (total === 0n) return new Map(parts.map(({ id }) => [id, 0n]));
  const shares = parts.map(({ id, weight }) => {
    const product = budget * weight;
    return { id, amount: product / total, remainder: product % total };
  });
  const spent = shares.reduce((sum, { amount }) => sum + amount, 0n);
  const byRemainder = shares.toSorted(
    (a, b) => compare(b.remainder, a.remainder) || compare(a.id, b.id),
  );
  for (const share of byRemainder.slice(0, Number(budget - spent))) share.amount += 1n;
  return new Map(shares.map(({ id, amount }) => [id, amount]));
}

function compare<T extends bigint | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
