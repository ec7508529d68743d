import { fromHex, isHex, toHex } from "@lucid/protocol";
import { LogError, type Log, type TrustedCheckpoint } from "@lucid/verify";

/** How a log stands to what this browser has seen of it: new, gone on from there, or shown shorter than it was. */
export type SinceSeen =
  | { readonly kind: "first" }
  | { readonly kind: "extends"; readonly size: number }
  | { readonly kind: "shorter"; readonly size: number };

/** `remember` is what to keep from now on, null when that stays as it is. */
type Comparison = { readonly since: SinceSeen; readonly remember: string | null };

/**
 * Compares a log with the largest checkpoint that this browser has seen of its network, as it was kept.
 * Throws `LogError` `consistency` for a log that does not go on from there: somebody was shown another one.
 */
export const compareWithSeen = async (
  log: Pick<Log, "checkpoint" | "extend">,
  kept: string | null,
): Promise<Comparison> => {
  const { size, root } = log.checkpoint;
  const seen = parse(kept);
  const remember = size > (seen?.size ?? 0) ? `${size} ${toHex(root)}` : null;
  if (seen === null) return { since: { kind: "first" }, remember };
  if (seen.size > size) return { since: { kind: "shorter", size: seen.size }, remember };
  await extend(log, seen);
  return { since: { kind: "extends", size: seen.size }, remember };
};

const extend = async (log: Pick<Log, "extend">, seen: TrustedCheckpoint): Promise<void> => {
  try {
    await log.extend(seen);
  } catch (error) {
    if (!(error instanceof LogError) || error.code !== "consistency") throw error;
    const detail = `This browser has seen another beginning of this log: its first ${seen.size} blocks are not those of before.`;
    throw new LogError("consistency", error.place, detail, { cause: error });
  }
};

const parse = (kept: string | null): TrustedCheckpoint | null => {
  const [size = "", root] = kept?.split(" ") ?? [];
  return /^[1-9][0-9]{0,14}$/.test(size) && isHex(root, 32)
    ? { size: Number(size), root: fromHex(root, 32) }
    : null;
};
