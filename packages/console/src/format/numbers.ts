const counts = new Intl.NumberFormat("en-GB");

export const formatCount = (count: number): string => counts.format(count);

/** `4 nodes`, `1 node`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** Basis points as a percentage with two places: 9833 is `98.33`. */
export const formatBasisPoints = (bp: number): string =>
  `${Math.trunc(bp / 100)}.${String(bp % 100).padStart(2, "0")}`;

/** Present over eligible in basis points, floored as the protocol does; null when nothing counts yet. */
export const shareBp = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((10_000 * part) / whole);
